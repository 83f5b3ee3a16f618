extension TextKinds {
    /// What a text is.
    enum Kind {
        case fromSources, numbers, prices, dates, times, percentages, phones, codes, addresses, receipts,
            rules, random
    }

    /// Each kind and its weight.
    var all: [(kind: Kind, weight: Double)] {
        [
            (.fromSources, fromSources), (.numbers, numbers), (.prices, prices), (.dates, dates),
            (.times, times),
            (.percentages, percentages), (.phones, phones), (.codes, codes), (.addresses, addresses),
            (.receipts, receipts), (.rules, rules), (.random, random),
        ]
    }
}
