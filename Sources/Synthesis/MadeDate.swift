/// Days and times of day in the forms that people write.
enum MadeDate {
    /// A day.
    static func date(_ chance: inout Chance) -> String {
        let (day, month, year) = (chance.whole(1...31), chance.whole(1...12), chance.whole(1950...2030))
        let (shortYear, name) = (two(year % 100), chance.pick(months[month - 1]))
        let mark = chance.pick(["/", "-", ".", "/", " "])
        let label = chance.pick(["", "", "", "", "Date: ", "DATE : ", "Date:", "DATE "])
        let forms = [
            two(day) + mark + two(month) + mark + String(year),
            two(day) + mark + two(month) + mark + shortYear,
            "\(day)\(mark)\(month)\(mark)\(year)", "\(year)-\(two(month))-\(two(day))",
            two(month) + "/" + two(day) + "/" + shortYear, "\(day) \(name) \(year)",
            "\(name) \(day), \(year)",
            "\(two(day))-\(name.prefix(3))-\(year)", "\(day). \(name) \(year)", "\(name) \(year)", "\(year)",
            "\(two(day)) \(name.prefix(3).uppercased()) \(shortYear)", "\(year)/\(two(month))/\(two(day))",
        ]
        return label + chance.pick(forms)
    }

    /// A time of day.
    static func time(_ chance: inout Chance) -> String {
        let (hour, minute, second) = (chance.whole(0...23), chance.whole(0...59), chance.whole(0...59))
        let half = hour < 12 ? "AM" : "PM"
        let twelve = (hour + 11) % 12 + 1
        return chance.pick([
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
