#ifndef CPANGO_H
#define CPANGO_H

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pango.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>

/// Disables hinting, which fits outlines to the pixel grid of one size.
static inline void CPangoDisableHinting(FcPattern *pattern, void *unused) {
    (void)unused;
    FcPatternDel(pattern, FC_HINTING);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
}

/// A new font map with the fonts of `config` only, without hinting, at 72 dpi. The caller owns it.
///
/// This is a C function because GObject's checked casts are macros, which Swift does not import.
static inline PangoFontMap *CPangoFontMapCreate(FcConfig *config) {
    PangoFontMap *map = pango_ft2_font_map_new();
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(map), 72, 72);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(map), CPangoDisableHinting, NULL, NULL);
    return map;
}

/// Draws the outline of a glyph. HarfBuzz 7.0 renamed its function for this.
static inline void CPangoDrawGlyph(hb_font_t *font, hb_codepoint_t glyph, hb_draw_funcs_t *functions, void *target) {
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, functions, target);
#else
    hb_font_get_glyph_shape(font, glyph, functions, target);
#endif
}

/// Releases one reference to a GObject.
static inline void CPangoRelease(void *object) { g_object_unref(object); }

#endif
