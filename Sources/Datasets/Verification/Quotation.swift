internal import Files

/// The text in quotation marks, with control characters escaped, and cut after 60 characters.
func quoted(_ text: String) -> String { "“\(excerpt(text))”" }

/// The beginning of a text of other people's making, for messages: control characters are escaped, and at most 60
/// characters are shown.
func excerpt(_ text: String) -> String {
    let beginning = String(text.unicodeScalars.prefix(60)).printable
    return text.unicodeScalars.count > 60 ? beginning + "…" : beginning
}
