/// The relative frequencies of the kinds of text.
public struct TextKinds: Codable, Hashable, Sendable {
    /// Excerpts of the sources.
    public var fromSources = 10.0
    /// Integers, decimal numbers, ranges, and numbers with units.
    public var numbers = 1.2
    /// Amounts of money.
    public var prices = 1.2
    /// Dates in many notations.
    public var dates = 0.6
    /// Times of day.
    public var times = 0.4
    /// Percentages.
    public var percentages = 0.2
    /// Telephone numbers.
    public var phones = 0.4
    /// Codes of letters and digits.
    public var codes = 0.8
    /// E-mail and web addresses.
    public var addresses = 0.4
    /// Lines of receipts and forms.
    public var receipts = 1.5
    /// Rules: runs of asterisks, dashes, dots and the like.
    public var rules = 0.15
    /// Single ASCII letters and digits, and pairs of them, as on doors, plates and lists.
    public var characters = 0.25
    /// Random symbols of the alphabet.
    public var random = 0.6
}

extension TextKinds {
    /// One kind of text.
    enum Kind {
        case fromSources, numbers, prices, dates, times, percentages, phones, codes, addresses, receipts,
            rules, characters, random
    }

    /// Each kind and its weight.
    var all: [(kind: Kind, weight: Double)] {
        [
            (.fromSources, fromSources), (.numbers, numbers), (.prices, prices), (.dates, dates),
            (.times, times), (.percentages, percentages), (.phones, phones), (.codes, codes),
            (.addresses, addresses), (.receipts, receipts), (.rules, rules), (.characters, characters),
            (.random, random),
        ]
    }
}
