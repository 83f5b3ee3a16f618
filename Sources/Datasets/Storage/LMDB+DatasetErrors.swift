internal import LMDB

extension Environment {
    /// Opens the folder or file at `path`, and checks the structure of the file if `isChecked`.
    static func opened(_ path: String, isChecked: Bool = true) throws(DatasetError) -> Environment {
        try asDatasetError { () throws(LMDBError) in
            let environment = try Environment(reading: path)
            if isChecked { try environment.check() }
            return environment
        }
    }

    /// A snapshot of the present state of the file.
    func datasetSnapshot() throws(DatasetError) -> Transaction {
        do throws(LMDBError) { return try snapshot() } catch { throw .storage(error) }
    }
}

extension Transaction {
    /// A copy of the bytes stored under `key`; nil if the key is missing.
    borrowing func bytes(for key: String) throws(DatasetError) -> [UInt8]? {
        do throws(LMDBError) { return try value(for: key) } catch { throw .storage(error) }
    }
}
