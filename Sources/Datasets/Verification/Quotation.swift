/// The text in quotation marks, with control characters escaped, and cut after 60 characters.
func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(60).map { scalar in
        scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "“" + shown.joined() + (text.unicodeScalars.count > 60 ? "…”" : "”")
}
