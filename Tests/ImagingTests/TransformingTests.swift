import Imaging
import Testing

@Suite("Warping")
struct TransformingTests {
    let image = picture(width: 13, height: 9)

    @Test func identityChangesNothing() {
        #expect(image.transformed(by: .identity, background: 3) == image)
    }

    @Test func wholePixelsMoveUnchanged() {
        let moved = image.transformed(by: .translation(x: 2, y: -1), background: 3)
        for y in 0..<9 {
            for x in 0..<13 {
                let inside = x + 2 < 13 && y - 1 >= 0
                #expect(moved.pixels[y * 13 + x] == (inside ? image.pixels[(y - 1) * 13 + x + 2] : 3))
            }
        }
    }

    @Test func halfAPixelAveragesNeighbours() {
        let step = Image(width: 3, height: 1, pixels: [10, 20, 40])
        #expect(step.transformed(by: .translation(x: 0.5, y: 0), background: 100).pixels == [15, 30, 70])
    }

    @Test func aQuarterTurnAroundTheCentreTurnsTheSquare() {
        let square = picture(width: 8, height: 8)
        let turned = square.transformed(by: .rotation(.pi / 2).around(x: 4, y: 4), background: 0)
        for y in 0..<8 {
            for x in 0..<8 {
                #expect(turned.pixels[y * 8 + x] == square.pixels[x * 8 + 7 - y])
            }
        }
    }

    @Test func mapsFollowOneAnother() {
        let both = AffineMap.scaling(x: 2, y: 3).then(.translation(x: 1, y: 1)).then(.shear(x: 0.5))
        #expect(both == AffineMap(xx: 2, xy: 1.5, x0: 1.5, yx: 0, yy: 3, y0: 1))
    }

    @Test func farAwayIsBackground() {
        for distance in [-1e300, -1e9, -14, 14, 1e9, 1e300] {
            let gone = image.transformed(by: .translation(x: distance, y: 0), background: 44)
            #expect(gone.pixels.allSatisfy { $0 == 44 })
        }
        let torn = AffineMap(xx: 1e300, xy: -1e300, x0: 5, yx: 1e300, yy: 1e300, y0: 5)
        #expect(image.transformed(by: torn, background: 44).pixels.count == 117)
    }

    @Test func slantMovesRowsApart() {
        let line = Image(width: 4, height: 2, pixels: [0, 9, 0, 0, 0, 9, 0, 0])
        let slanted = line.transformed(by: .shear(x: 1).around(x: 0, y: 0.5), background: 0)
        #expect(slanted.pixels == [0, 9, 0, 0, 9, 0, 0, 0])
    }
}
