extension EffectOptions {
    /// No effects: black letters on white paper.
    public static let none: EffectOptions = {
        var none = EffectOptions()
        for (_, path) in named { none[keyPath: path].probability = 0 }
        return none
    }()

    /// The effects of photographed signs and products.
    static let scene: EffectOptions = {
        var scene = EffectOptions.none
        scene.stretch = Effect(0.4, 0.6, 1.4)
        scene.slant = Effect(0.2, -0.3, 0.35)
        scene.skew = Effect(0.6, -9, 9)
        scene.bend = Effect(0.12, -0.4, 0.4)
        scene.arc = Effect(0.1, -110, 110)
        scene.letterJitter = Effect(0.05, 0.1, 0.3)
        scene.perspective = Effect(0.4, 0.1, 0.8)
        scene.margin = Effect(1, -0.05, 0.3)
        scene.neighbours = Effect(0.1, 0.15, 0.8)
        scene.slices = Effect(0.15, 0.02, 0.2)
        scene.underline = Effect(0.03, 3, 10)
        scene.lowResolution = Effect(0.5, 0.3, 0.9)
        scene.roughness = Effect(0.1, 0.1, 0.6)
        scene.wear = Effect(0.12, 0.1, 0.6)
        scene.spread = Effect(0.25, 0.5, 3)
        scene.background = Effect(1, 0.12, 0.9)
        scene.colours = Effect(0.6, 0, 0.15)
        scene.unevenLight = Effect(0.3, 0.05, 0.35)
        scene.hollow = Effect(0.04, 4, 9)
        scene.relief = Effect(0.12, 3, 14)
        scene.gradient = Effect(0.12, 0.1, 0.5)
        scene.reflection = Effect(0.06, 0.2, 0.7)
        scene.contour = Effect(0.18, 1, 6)
        scene.shadow = Effect(0.2, 0.2, 0.9)
        scene.occlusion = Effect(0.08, 0.05, 0.2)
        scene.blur = Effect(0.6, 0.5, 4.5)
        scene.motion = Effect(0.15, 3, 14)
        scene.noise = Effect(0.4, 0.005, 0.035)
        scene.sharpening = Effect(0.2, 0.2, 1)
        scene.earlyJPEG = Effect(0.3, 25, 90)
        scene.jpeg = Effect(0.7, 25, 95)
        return scene
    }()

    /// The effects of captchas.
    static let captcha: EffectOptions = {
        var captcha = EffectOptions.none
        captcha.letterJitter = Effect(0.9, 0.2, 1)
        captcha.waves = Effect(0.5, 0.02, 0.12)
        captcha.skew = Effect(0.4, -6, 6)
        captcha.slant = Effect(0.3, -0.3, 0.3)
        captcha.margin = Effect(1, 0.05, 0.5)
        captcha.roughness = Effect(0.2, 0.1, 0.5)
        captcha.rules = Effect(0.4, 0.4, 1)
        captcha.strokes = Effect(0.8, 0.4, 1)
        captcha.specks = Effect(0.6, 0.2, 1)
        captcha.ink = Effect(1, 0, 0.55)
        captcha.paper = Effect(0.7, 0.7, 1)
        captcha.texture = Effect(0.3, 0.05, 0.3)
        captcha.background = Effect(0.2, 0.3, 0.8)
        captcha.blur = Effect(0.5, 0.5, 2.5)
        captcha.noise = Effect(0.4, 0.01, 0.08)
        captcha.jpeg = Effect(0.5, 30, 90)
        captcha.inverse = Effect(0.1, 1, 1)
        return captcha
    }()
}
