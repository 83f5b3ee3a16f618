/// A method is an object with one key, its name, whose value has the constants. Constants that are missing have their
/// defaults, and those that were added later are written only if they differ from these, so that files keep their form.
extension Optimizer.Method: Codable {
    private enum Name: String, CodingKey {
        case adam, adadelta, rmsprop, sgd
    }

    private enum Constant: String, CodingKey {
        case weightDecay, firstDecay, secondDecay, decay, momentum, epsilon, epsilonForm, amsgrad, nesterov
    }

    /// Reads a method; throws if the name is unknown or a constant is not of its type.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        guard let name = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the name of an optimizer is missing")
            )
        }
        let constants = try container.nestedContainer(keyedBy: Constant.self, forKey: name)
        func value<Value: Decodable>(_ key: Constant, _ standard: Value) throws -> Value {
            try constants.decodeIfPresent(Value.self, forKey: key) ?? standard
        }
        let weightDecay: Float = try value(.weightDecay, 0)
        switch name {
        case .adam:
            self = .adam(
                weightDecay: weightDecay, firstDecay: try value(.firstDecay, 0.9),
                secondDecay: try value(.secondDecay, 0.999), epsilon: try value(.epsilon, 1e-8),
                epsilonForm: try value(.epsilonForm, .corrected), amsgrad: try value(.amsgrad, false))
        case .adadelta:
            self = .adadelta(
                weightDecay: weightDecay, decay: try value(.decay, 0.9), epsilon: try value(.epsilon, 1e-6))
        case .rmsprop:
            self = .rmsprop(
                weightDecay: weightDecay, decay: try value(.decay, 0.9), momentum: try value(.momentum, 0),
                epsilon: try value(.epsilon, 1e-8))
        case .sgd:
            self = .sgd(
                weightDecay: weightDecay, momentum: try value(.momentum, 0.9),
                nesterov: try value(.nesterov, false))
        }
    }

    /// Writes the method.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        func write<Value: Encodable & Equatable>(
            _ value: Value, _ key: Constant, of name: Name, unless standard: Value? = nil
        ) throws {
            guard value != standard else { return }
            var constants = container.nestedContainer(keyedBy: Constant.self, forKey: name)
            try constants.encode(value, forKey: key)
        }
        switch self {
        case .adam(let weightDecay, let firstDecay, let secondDecay, let epsilon, let form, let amsgrad):
            try write(weightDecay, .weightDecay, of: .adam)
            try write(firstDecay, .firstDecay, of: .adam)
            try write(secondDecay, .secondDecay, of: .adam)
            try write(epsilon, .epsilon, of: .adam, unless: 1e-8)
            try write(form, .epsilonForm, of: .adam, unless: .corrected)
            try write(amsgrad, .amsgrad, of: .adam, unless: false)
        case .adadelta(let weightDecay, let decay, let epsilon):
            try write(weightDecay, .weightDecay, of: .adadelta)
            try write(decay, .decay, of: .adadelta)
            try write(epsilon, .epsilon, of: .adadelta, unless: 1e-6)
        case .rmsprop(let weightDecay, let decay, let momentum, let epsilon):
            try write(weightDecay, .weightDecay, of: .rmsprop)
            try write(decay, .decay, of: .rmsprop)
            try write(momentum, .momentum, of: .rmsprop)
            try write(epsilon, .epsilon, of: .rmsprop)
        case .sgd(let weightDecay, let momentum, let nesterov):
            try write(weightDecay, .weightDecay, of: .sgd)
            try write(momentum, .momentum, of: .sgd)
            try write(nesterov, .nesterov, of: .sgd, unless: false)
        }
    }
}
