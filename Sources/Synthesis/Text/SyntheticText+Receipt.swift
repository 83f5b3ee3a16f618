import Files

extension SyntheticText {
    /// A line of a receipt, bill or form, or a part of one.
    func receipt(_ generator: inout SeededGenerator) -> String {
        let name = generator.pick(Self.fieldNames)
        let cased = generator.bernoulli(0.6) ? name.uppercased() : name
        let colon = generator.pick([":", " :", ": ", " : ", "", " "])
        switch generator.integer(in: 0...11) {
        case 0: return cased
        case 1: return cased + colon
        case 2...4: return cased + colon.trimmedEnd + " " + value(&generator)
        case 5: return words(1...4, &generator).uppercased()
        case 6: return words(1...3, &generator).uppercased() + " " + price(&generator)
        case 7:
            return String(generator.integer(in: 1...99)) + generator.pick([" ", " x ", "x ", " X ", " @ "])
                + price(&generator)
        case 8:
            return words(1...3, &generator).uppercased() + " " + String(generator.integer(in: 1...999))
                + generator.pick(["G", "ML", "KG", "PCS", "X", "MM", "CM", "S"])
        case 9: return street(&generator)
        case 10: return SyntheticDate.date(&generator) + " " + SyntheticDate.time(&generator)
        default: return code(&generator) + " " + words(1...2, &generator).uppercased()
        }
    }

    /// The value of a field on a receipt.
    private func value(_ generator: inout SeededGenerator) -> String {
        switch generator.integer(in: 0...5) {
        case 0, 1: price(&generator)
        case 2: code(&generator)
        case 3: SyntheticDate.date(&generator)
        case 4: String(generator.integer(in: 0...9999))
        default: words(1...2, &generator).uppercased()
        }
    }

    private func words(_ count: ClosedRange<Int>, _ generator: inout SeededGenerator) -> String {
        (0..<generator.integer(in: count)).map { _ in word(&generator) }.joined(separator: " ")
    }

    private func street(_ generator: inout SeededGenerator) -> String {
        let number = String(generator.integer(in: 1...999))
        let name = word(&generator)
        let line = generator.pick([
            "NO. " + number + ", JALAN " + name, "No." + number + "-G, " + name + " Street,",
            number + " " + name + " Road",
            Self.digits(5, &generator) + " " + name + ", " + word(&generator), "LOT " + number + ", " + name,
            name + " Str. " + number,
            number + ", rue " + name, "Via " + name + ", " + number, Self.digits(5, &generator) + " " + name,
        ])
        return generator.bernoulli(0.6) ? line.uppercased() : line
    }

    private static let fieldNames = [
        "Total", "Subtotal", "Sub Total", "Total Amount", "Amount", "Cash", "Change", "Change Due",
        "Rounding",
        "Rounding Adj", "Tax Invoice", "Invoice No", "Invoice", "Receipt", "Receipt No", "Receipt #",
        "Bill No",
        "Date", "Time", "Cashier", "Counter", "Table", "Qty", "Price", "Unit Price", "Discount", "Item",
        "Items",
        "Description", "GST", "GST Summary", "GST ID", "GST Reg No", "Tax", "VAT", "Service Charge",
        "Thank You",
        "Please Come Again", "Thank you for shopping with us", "Goods sold are not returnable",
        "Customer Copy",
        "Visa Card", "Credit Card", "Balance", "Member", "Points", "Salesperson", "Ref", "Doc No", "Order No",
        "Payment", "Net Total", "Total Sales", "Total Qty", "Total (Excluding GST)", "Total Incl. GST", "Tel",
        "Fax",
        "Company", "Sold To", "Remarks", "Page", "Summe", "MwSt", "Betrag", "Rechnung", "Bar", "Rückgeld",
        "Datum",
        "Total TTC", "Montant", "TVA", "Merci de votre visite", "Importe", "Cambio", "Gracias por su visita",
        "Totale", "Scontrino", "Resto", "Grazie e arrivederci", "Approved", "Signature", "Closed", "Station",
        "User",
    ]
}

extension String {
    /// The text without trailing spaces.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
