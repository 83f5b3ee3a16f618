import Files

/// Generates dates and times of day in many notations.
enum SyntheticDate {
    /// A random date.
    static func date(_ generator: inout SeededGenerator) -> String {
        let (day, month, year) = (
            generator.integer(in: 1...31), generator.integer(in: 1...12), generator.integer(in: 1950...2030)
        )
        let (shortYear, name) = (two(year % 100), generator.pick(months[month - 1]))
        let mark = generator.pick(["/", "-", ".", "/", " "])
        let label = generator.pick(["", "", "", "", "Date: ", "DATE : ", "Date:", "DATE "])
        let forms = [
            two(day) + mark + two(month) + mark + String(year),
            two(day) + mark + two(month) + mark + shortYear,
            "\(day)\(mark)\(month)\(mark)\(year)", "\(year)-\(two(month))-\(two(day))",
            two(month) + "/" + two(day) + "/" + shortYear, "\(day) \(name) \(year)",
            "\(name) \(day), \(year)",
            "\(two(day))-\(name.prefix(3))-\(year)", "\(day). \(name) \(year)", "\(name) \(year)", "\(year)",
            "\(two(day)) \(name.prefix(3).uppercased()) \(shortYear)", "\(year)/\(two(month))/\(two(day))",
        ]
        return label + generator.pick(forms)
    }

    /// A random time of day.
    static func time(_ generator: inout SeededGenerator) -> String {
        let (hour, minute, second) = (
            generator.integer(in: 0...23), generator.integer(in: 0...59), generator.integer(in: 0...59)
        )
        let half = hour < 12 ? "AM" : "PM"
        let twelve = (hour + 11) % 12 + 1
        return generator.pick([
            "\(two(hour)):\(two(minute))", "\(two(hour)):\(two(minute)):\(two(second))",
            "\(twelve):\(two(minute)) \(half)", "\(twelve):\(two(minute)):\(two(second))\(half)",
            "\(two(twelve)):\(two(minute)) \(half.lowercased())", "\(hour).\(two(minute))",
            "\(hour)h\(two(minute))",
            "\(twelve) \(half.lowercased())", "\(hour):\(two(minute)) Uhr",
            "\(two(twelve)):\(two(minute))\(half)",
        ])
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static let months = [
        ["January", "Jan", "Januar", "janvier", "enero", "gennaio"],
        ["February", "Feb", "Februar", "février", "febrero"],
        ["March", "Mar", "März", "mars", "marzo"], ["April", "Apr", "avril", "abril", "aprile"],
        ["May", "Mai", "mayo", "maggio"], ["June", "Jun", "Juni", "juin", "junio", "giugno"],
        ["July", "Jul", "Juli", "juillet", "julio", "luglio"], ["August", "Aug", "août", "agosto"],
        ["September", "Sep", "Sept.", "septembre", "septiembre"],
        ["October", "Oct", "Oktober", "octobre", "ottobre"],
        ["November", "Nov", "novembre", "noviembre"],
        ["December", "Dec", "Dezember", "décembre", "diciembre"],
    ]
}
