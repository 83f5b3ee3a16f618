extension MadeText {
    /// A line, or part of one, as receipts, bills and forms have it.
    func receipt(_ chance: inout Chance) -> String {
        let name = chance.pick(Self.names)
        let cased = chance.happens(0.6) ? name.uppercased() : name
        let colon = chance.pick([":", " :", ": ", " : ", "", " "])
        switch chance.whole(0...11) {
        case 0: return cased
        case 1: return cased + colon
        case 2...4: return cased + colon.trimmedEnd + " " + value(&chance)
        case 5: return words(1...4, &chance).uppercased()
        case 6: return words(1...3, &chance).uppercased() + " " + price(&chance)
        case 7:
            return String(chance.whole(1...99)) + chance.pick([" ", " x ", "x ", " X ", " @ "])
                + price(&chance)
        case 8:
            return words(1...3, &chance).uppercased() + " " + String(chance.whole(1...999))
                + chance.pick(["G", "ML", "KG", "PCS", "X", "MM", "CM", "S"])
        case 9: return street(&chance)
        case 10: return MadeDate.date(&chance) + " " + MadeDate.time(&chance)
        default: return code(&chance) + " " + words(1...2, &chance).uppercased()
        }
    }

    /// What stands behind a name on a receipt.
    private func value(_ chance: inout Chance) -> String {
        switch chance.whole(0...5) {
        case 0, 1: price(&chance)
        case 2: code(&chance)
        case 3: MadeDate.date(&chance)
        case 4: String(chance.whole(0...9999))
        default: words(1...2, &chance).uppercased()
        }
    }

    private func words(_ count: ClosedRange<Int>, _ chance: inout Chance) -> String {
        (0..<chance.whole(count)).map { _ in word(&chance) }.joined(separator: " ")
    }

    private func street(_ chance: inout Chance) -> String {
        let number = String(chance.whole(1...999))
        let name = word(&chance)
        let line = chance.pick([
            "NO. " + number + ", JALAN " + name, "No." + number + "-G, " + name + " Street,",
            number + " " + name + " Road",
            Self.digits(5, &chance) + " " + name + ", " + word(&chance), "LOT " + number + ", " + name,
            name + " Str. " + number,
            number + ", rue " + name, "Via " + name + ", " + number, Self.digits(5, &chance) + " " + name,
        ])
        return chance.happens(0.6) ? line.uppercased() : line
    }

    private static let names = [
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
    /// The text without spaces at its end.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
