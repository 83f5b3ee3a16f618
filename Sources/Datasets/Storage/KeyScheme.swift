internal import Files
internal import LMDB

/// How the keys of a data set number its samples: the number of the first sample, and the digits of a number.
///
/// All CRNN tools share numbers from 1 with nine digits. Data sets that scripts made by hand sometimes start at 0, or
/// pad with fewer zeros.
struct KeyScheme: Sendable, Equatable {
    /// The number of the first sample: 1 or 0.
    let first: Int
    /// The number of digits to which a number is padded with zeros; 1 if it is not padded.
    let digits: Int

    /// Numbers from 1 with nine digits.
    static let standard = KeyScheme(first: 1, digits: 9)

    /// The number of the sample at `index`, from 0, as its keys contain it.
    func number(at index: Int) -> String { (index + first).zeroPadded(to: digits) }

    /// The index of the sample whose number is written as `number`; nil if this scheme writes none like that.
    func index(ofNumber number: Substring.UTF8View) -> Int? {
        guard (digits...max(digits, 18)).contains(number.count), number.count <= 18,
            number.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            number.count == digits || number.first != UInt8(ascii: "0")
        else { return nil }
        let value = number.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
        return value >= first ? value - first : nil
    }

    /// The differences from the standard scheme, in words; nil if there are none.
    var defect: String? {
        guard self != .standard else { return nil }
        let start = first == 0 ? "start at 0" : nil
        let width = digits == 9 ? nil : "have \(digits) \(digits == 1 ? "digit" : "digits") instead of 9"
        let differences = [start, width].compactMap { $0 }.joined(separator: " and ")
        return "the numbers in the keys \(differences); other tools read only keys such as "
            + SampleKey.image(at: 0, .standard)
    }
}

extension KeyScheme {
    /// Finds the scheme of the samples in `snapshot`; the standard one if there are none.
    init(of snapshot: borrowing Transaction) throws(DatasetError) {
        let standard = KeyScheme.standard, fromZero = KeyScheme(first: 0, digits: 9)
        if try snapshot.hasSample(0, fromZero) {
            self = fromZero
        } else if try snapshot.hasSample(0, standard) {
            self = standard
        } else {
            self = try Self.scheme(ofFirstKeyIn: snapshot) ?? standard
        }
    }

    /// The scheme of the first image; nil if that is not the first sample of any scheme.
    private static func scheme(ofFirstKeyIn snapshot: borrowing Transaction) throws(DatasetError)
        -> KeyScheme?
    {
        guard let key = try snapshot.firstKey(from: SampleKey.imagePrefix),
            key.utf8.starts(with: SampleKey.imagePrefix.utf8)
        else { return nil }
        let number = key.dropFirst(SampleKey.imagePrefix.count)
        guard (1...18).contains(number.utf8.count), let first = Int(number), first == 0 || first == 1 else {
            return nil
        }
        let scheme = KeyScheme(first: first, digits: number.utf8.count)
        return try snapshot.hasSample(0, scheme) ? scheme : nil
    }
}

extension Transaction {
    /// Whether the sample at `index` has both an image and a label.
    borrowing func hasSample(_ index: Int, _ scheme: KeyScheme) throws(DatasetError) -> Bool {
        guard try has(SampleKey.image(at: index, scheme)) else { return false }
        return try has(SampleKey.label(at: index, scheme))
    }

    private borrowing func has(_ key: String) throws(DatasetError) -> Bool {
        do throws(LMDBError) { return try contains(key) } catch { throw .storage(error) }
    }

    /// The first key, in the order of bytes, that is not before `prefix`; nil if there is none.
    fileprivate borrowing func firstKey(from prefix: String) throws(DatasetError) -> String? {
        do throws(LMDBError) { return try key(from: prefix) } catch { throw .storage(error) }
    }
}
