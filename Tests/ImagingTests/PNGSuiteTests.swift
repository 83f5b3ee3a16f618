import Foundation
import Imaging
import TestSupport
import Testing

@Suite("PNG suites", .enabled(if: SharedData.has("pngsuite"), "needs ../shared/data/pngsuite"))
struct PNGSuiteTests {
    @Test func picturesEqualPillows() throws {
        #expect(pillowChecksums.count == 137)
        for (name, checksum) in pillowChecksums {
            let image = try Image(decoding: contents("\(name).png"))
            #expect(crc32(image.pixels) == checksum, "\(name)")
        }
    }

    @Test func everySoundPictureDecodes() throws {
        for folder in ["pngsuite", "pngsuite/interlaced", "testpngs", "testpngs/png-3"] {
            for name in try pictures(in: folder) {
                let bytes = try contents(name)
                let (image, header) = (try Image(decoding: bytes), try ImageHeader(decoding: bytes))
                #expect((image.width, image.height) == (header.width, header.height), "\(name)")
            }
        }
    }

    @Test func interlacedPicturesEqualTheirPlainTwins() throws {
        let folders = try pictures(in: "pngsuite") + pictures(in: "pngsuite/interlaced")
        let names = folders.filter { $0.contains("/ibas") }
        #expect(names.count == 15)
        for name in names {
            let twin = name.replacing("/interlaced", with: "").replacing("/ibas", with: "/bas")
            #expect(try Image(decoding: contents(name)) == Image(decoding: contents(twin)), "\(name)")
        }
    }

    @Test func sixteenBitsAreThePicturesOfTheirKind() throws {
        for name in ["gray-16", "gray-alpha-16", "rgb-16", "rgb-alpha-16"] {
            let image = try Image(decoding: contents("testpngs/\(name).png"))
            #expect(Set(image.pixels).count > 16, "\(name)")
        }
    }

    @Test func hostilePicturesEndInAPictureOrAMessage() throws {
        for name in try pictures(in: "testpngs/crashers") + pictures(in: "testpngs/badpal") {
            let encoded = try contents(name)
            do throws(ImageError) {
                _ = try Image(decoding: encoded)
            } catch {
                #expect(error.description.hasPrefix("PNG "), "\(name)")
            }
        }
    }

    @Test func brokenChecksumsAreNamed() {
        for name in ["badcrc", "badadler"] {
            #expect(throws: ImageError.self) {
                try Image(decoding: contents("testpngs/crashers/\(name).png"))
            }
        }
    }

    private func contents(_ name: String) throws -> Data {
        try Data(contentsOf: SharedData.url("pngsuite/\(name)"))
    }

    private func pictures(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: SharedData.url("pngsuite/\(folder)").path(percentEncoded: false))
        return names.filter { $0.hasSuffix(".png") }.sorted().map { "\(folder)/\($0)" }
    }
}

/// CRC-32 of the grey pixels that Pillow 13 gives for each picture of at most 8 bits a channel or of plain
/// 16-bit grey: `convert("L")`, or, where there is transparency, `convert("RGBA")` and then the rules of
/// `Image(decoding:)`. Made by, with `grey` for those rules:
/// `for f in files: print(f, "%08X" % zlib.crc32(grey(PIL.Image.open(f)).tobytes()))`
private let pillowChecksums = Dictionary(
    uniqueKeysWithValues: pillowTable.split { $0 == "," || $0.isNewline }.map { entry in
        let fields = entry.split(separator: " ")
        return (String(fields[0]), UInt32(fields[1], radix: 16) ?? 0)
    })

private let pillowTable = """
    pngsuite/basn0g01 7238C005, pngsuite/basn0g02 74C9BBB5, pngsuite/basn0g04 03735DE8
    pngsuite/basn0g08 784B4A4E, pngsuite/basn0g16 F285E74D, pngsuite/basn2c08 D9FE67DA
    pngsuite/basn3p01 C485401B, pngsuite/basn3p02 B0A3F5B7, pngsuite/basn3p04 DAC3B8A6
    pngsuite/basn3p08 8519C917, pngsuite/basn4a08 7425F4DC, pngsuite/basn6a08 AD7BD3A8
    pngsuite/ftbbn0g01 DC6DF4F6, pngsuite/ftbbn0g02 DC6DF4F6, pngsuite/ftbbn0g04 1ACE6823
    pngsuite/ftbbn2c16 E27C4C8A, pngsuite/ftbbn3p08 9C962958, pngsuite/ftbgn2c16 E27C4C8A
    pngsuite/ftbgn3p08 9C962958, pngsuite/ftbrn2c08 E27C4C8A, pngsuite/ftbwn0g16 AFF10F9C
    pngsuite/ftbwn3p08 9C962958, pngsuite/ftbyn3p08 9C962958, pngsuite/ftp0n0g08 C3DDA42E
    pngsuite/ftp0n2c08 C6744660, pngsuite/ftp0n3p08 B89E23B2, pngsuite/ftp1n3p08 9C962958
    pngsuite/ibasn0g08 784B4A4E, pngsuite/ibasn0g16 F285E74D, pngsuite/ibasn2c08 D9FE67DA
    pngsuite/ibasn3p08 8519C917, pngsuite/ibasn4a08 7425F4DC, pngsuite/ibasn6a08 AD7BD3A8
    pngsuite/iftbbn2c16 E27C4C8A, pngsuite/iftbbn3p08 9C962958, pngsuite/iftbgn2c16 E27C4C8A
    pngsuite/iftbgn3p08 9C962958, pngsuite/iftbrn2c08 E27C4C8A, pngsuite/iftbwn0g16 AFF10F9C
    pngsuite/iftbwn3p08 9C962958, pngsuite/iftbyn3p08 9C962958, pngsuite/iftp0n0g08 C3DDA42E
    pngsuite/iftp0n2c08 C6744660, pngsuite/iftp0n3p08 B89E23B2, pngsuite/iftp1n3p08 9C962958
    pngsuite/interlaced/ibasn0g01 7238C005, pngsuite/interlaced/ibasn0g02 74C9BBB5
    pngsuite/interlaced/ibasn0g04 03735DE8, pngsuite/interlaced/ibasn3p01 C485401B
    pngsuite/interlaced/ibasn3p02 B0A3F5B7, pngsuite/interlaced/ibasn3p04 DAC3B8A6
    pngsuite/interlaced/iftbbn0g01 DC6DF4F6, pngsuite/interlaced/iftbbn0g02 DC6DF4F6
    pngsuite/interlaced/iftbbn0g04 1ACE6823, testpngs/ch1n3p04 DAC3B8A6, testpngs/ch2n3p08 8519C917
    testpngs/gray-1-1.8-tRNS 6CDBFD72, testpngs/gray-1-1.8 6CDBFD72
    testpngs/gray-1-linear-tRNS 6CDBFD72, testpngs/gray-1-linear 6CDBFD72
    testpngs/gray-1-sRGB-tRNS 6CDBFD72, testpngs/gray-1-sRGB 6CDBFD72, testpngs/gray-1-tRNS 6CDBFD72
    testpngs/gray-1 6CDBFD72, testpngs/gray-16-1.8-tRNS 651099C8, testpngs/gray-16-1.8 651099C8
    testpngs/gray-16-linear-tRNS 651099C8, testpngs/gray-16-linear 651099C8
    testpngs/gray-16-sRGB-tRNS 651099C8, testpngs/gray-16-sRGB 651099C8, testpngs/gray-16-tRNS 651099C8
    testpngs/gray-16 651099C8, testpngs/gray-2-1.8 32D988A9, testpngs/gray-2-linear 32D988A9
    testpngs/gray-2-sRGB 32D988A9, testpngs/gray-2 32D988A9, testpngs/gray-4-1.8 8407759B
    testpngs/gray-4-linear 8407759B, testpngs/gray-4-sRGB 8407759B, testpngs/gray-4 8407759B
    testpngs/gray-8-1.8-tRNS 1B5F824E, testpngs/gray-8-1.8 A10EEF11
    testpngs/gray-8-linear-tRNS 1B5F824E, testpngs/gray-8-linear A10EEF11
    testpngs/gray-8-sRGB-tRNS 1B5F824E, testpngs/gray-8-sRGB A10EEF11, testpngs/gray-8-tRNS 1B5F824E
    testpngs/gray-8 A10EEF11, testpngs/gray-alpha-8-1.8 CF526169, testpngs/gray-alpha-8-linear CF526169
    testpngs/gray-alpha-8-sRGB CF526169, testpngs/gray-alpha-8 CF526169
    testpngs/palette-1-1.8-tRNS D2FDEF8D, testpngs/palette-1-1.8 3017FD7B
    testpngs/palette-1-linear-tRNS D2FDEF8D, testpngs/palette-1-linear 3017FD7B
    testpngs/palette-1-sRGB-tRNS D2FDEF8D, testpngs/palette-1-sRGB 3017FD7B
    testpngs/palette-1-tRNS D2FDEF8D, testpngs/palette-1 3017FD7B, testpngs/palette-2-1.8-tRNS C9384EFC
    testpngs/palette-2-1.8 8263788B, testpngs/palette-2-linear-tRNS 5B7B5E04
    testpngs/palette-2-linear E7D6177C, testpngs/palette-2-sRGB-tRNS 32DA3FBD
    testpngs/palette-2-sRGB 010F7728, testpngs/palette-2-tRNS 32DA3FBD, testpngs/palette-2 010F7728
    testpngs/palette-4-1.8-tRNS E95B49B3, testpngs/palette-4-1.8 16D0297E
    testpngs/palette-4-linear-tRNS 55F65A12, testpngs/palette-4-linear BEBFBC52
    testpngs/palette-4-sRGB-tRNS 1218C440, testpngs/palette-4-sRGB 82CED9ED
    testpngs/palette-4-tRNS 1218C440, testpngs/palette-4 82CED9ED, testpngs/palette-8-1.8-tRNS 5DE2C551
    testpngs/palette-8-1.8 329E6BCC, testpngs/palette-8-linear-tRNS B8B67C86
    testpngs/palette-8-linear 3B7E681C, testpngs/palette-8-sRGB-tRNS C5D5E67E
    testpngs/palette-8-sRGB 365F876D, testpngs/palette-8-tRNS C5D5E67E, testpngs/palette-8 365F876D
    testpngs/png-3/cicp-display-p3_reencoded 20EB2631, testpngs/rgb-8-1.8-tRNS 6B6BEA32
    testpngs/rgb-8-1.8 CE5EA4AC, testpngs/rgb-8-linear-tRNS 6B6BEA32, testpngs/rgb-8-linear CE5EA4AC
    testpngs/rgb-8-sRGB-tRNS 6B6BEA32, testpngs/rgb-8-sRGB CE5EA4AC, testpngs/rgb-8-tRNS 6B6BEA32
    testpngs/rgb-8 CE5EA4AC, testpngs/rgb-alpha-8-1.8 A563F620, testpngs/rgb-alpha-8-linear A563F620
    testpngs/rgb-alpha-8-sRGB A563F620, testpngs/rgb-alpha-8 A563F620
    """
