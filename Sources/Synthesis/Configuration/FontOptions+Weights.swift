extension FontOptions {
    /// The default weights of families.
    ///
    /// Symbol fonts, all-caps fonts and barely legible fonts are excluded or rare. Fonts that are common in books and
    /// on receipts are frequent.
    public static let usualWeights = [
        Weight(
            [
                "D050000L", "Standard Symbols PS", "Linux Biolinum Keyboard O", "Beteckna",
                "Latin Modern Mono Caps",
                "Latin Modern Roman Caps", "Latin Modern Math", "Mekanus ADF Titling Std", "Go Smallcaps",
                "Romande ADF Style Std", "Irianis ADF Style Std", "unifur", "Unifont Sample", "Humor Sans",
                "Noto Traditional Nushu", "Noto Sans Symbols*", "Noto Sans Math", "STIXNonUnicode*",
                "STIXSize*",
                "STIXVariants*", "STIXIntegrals*", "National Park", "Solothurn", "Noto Color Emoji",
                "OpenSymbol",
            ], 0),
        Weight(
            [
                "Bajaderka", "Ecolier*", "Cabin Sketch", "CabinSketch", "C-64", "Px *", "Kaushan Script",
                "Breip",
                "Romande ADF Script Std", "Dancing Script", "Lobster*", "Leckerli One", "OSP-DIN", "Hermit",
            ], 0.3),
        Weight(
            [
                "Liberation Sans", "Liberation Sans Narrow", "Arimo", "Nimbus Sans", "Nimbus Sans Narrow",
                "FreeSans",
                "TeX Gyre Heros", "TeX Gyre Heros Cn", "DejaVu Sans", "DejaVu Sans Mono", "Liberation Mono",
                "Cousine",
                "FreeMono", "Inconsolata", "Roboto Condensed", "Noto Sans", "Noto Mono", "Tlwg Typewriter",
                "OCR B",
                "IBM 3270*", "Glass TTY VT220", "PT Sans Narrow", "Open Sans Condensed", "Unifont",
                "Fira Code",
            ], 2.5),
        Weight(
            [
                "Old Standard TT", "Latin Modern Roman", "CMU Serif", "Linux Libertine O", "EB Garamond",
                "C059",
                "Goudy Bookletter 1911", "TeX Gyre Schola", "TeX Gyre Termes", "TeX Gyre Pagella",
                "GFS Didot",
                "Baskervald ADF Std", "Century Catalogue", "Liberation Serif", "Tinos", "Nimbus Roman",
                "FreeSerif",
                "Essays1743", "Cardo", "Junicode*",
            ], 2.5),
    ]
}
