import Foundation

/// A number with `digits` decimals and a point, regardless of the user's locale.
public func decimal(_ value: Double, digits: Int) -> String {
    value.formatted(
        .number.precision(.fractionLength(digits)).grouping(.never).locale(
            Locale(identifier: "en_US_POSIX")))
}

/// A fraction as a percentage with `digits` decimals: 0.5 is `50.00%`; nil is `–`.
public func percent(_ fraction: Double?, digits: Int = 2) -> String {
    fraction.map { decimal(100 * $0, digits: digits) + "%" } ?? "–"
}
