/* pdf_draw.c: the one file that knows cairo and fontconfig. */
#include "exchange/pdf_draw.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <string.h>

#define FACES_MAX   16 /* cairo keeps ten files open, so the usual papers never open one again */
#define CACHE_SIZE  4096
#define PROBE_SIZE  100.0
#define BOLD_OFFSET 0.025 /* of the size: a second stroke beside the first */

struct face {
	struct str family; /* as it was asked for, "Noto Serif CJK SC:bold" */
	cairo_font_face_t *face;
	cairo_scaled_font_t *probe;
	FcCharSet *characters; /* of the pattern */
	FcPattern *pattern;
};
struct stand_in {
	struct str name; /* in documents */
	int face;
};
struct faces {
	struct face faces[FACES_MAX];
	int count;
	struct stand_in *stand_ins;
	size_t stand_in_count, stand_in_capacity;
	int others; /* for what no other has; -1: none */
	struct {
		uint32_t character; /* 0: empty */
		struct glyph glyph;
	} cache[CACHE_SIZE];
};

/* ---- typefaces ---- */

static bool is_family(FcPattern *pattern, const char *family)
{
	FcChar8 *name;

	for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
		if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
			return true;
	return false;
}

/* The file of that very family; NULL when the machine hasn't got it. */
static FcPattern *match(struct arena *arena, struct str wanted)
{
	struct str rest = wanted, family;
	FcResult result;

	(void)str_cut(&rest, ':', &family);
	const char *name = str_copy(arena, family).data;
	FcPattern *ask = FcPatternCreate();

	(void)FcPatternAddString(ask, FC_FAMILY, (const FcChar8 *)name);
	(void)FcPatternAddInteger(ask, FC_WEIGHT, str_is(rest, "bold") ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
	(void)FcConfigSubstitute(NULL, ask, FcMatchPattern);
	FcDefaultSubstitute(ask);
	FcPattern *found = FcFontMatch(NULL, ask, &result);

	FcPatternDestroy(ask);
	if (found != NULL && is_family(found, name))
		return found;
	if (found != NULL)
		FcPatternDestroy(found);
	return NULL;
}

static cairo_scaled_font_t *scaled(cairo_font_face_t *face, double size)
{
	cairo_matrix_t font, page;
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_matrix_init_scale(&font, size, size);
	cairo_matrix_init_identity(&page);
	cairo_scaled_font_t *made = cairo_scaled_font_create(face, &font, &page, options);

	cairo_font_options_destroy(options);
	return made;
}

/* Its file is opened here, and stays so. -1 when it can't be. */
static int open_face(struct faces *faces, struct arena *arena, struct str wanted)
{
	for (int i = 0; i < faces->count; i++)
		if (str_equal(faces->faces[i].family, wanted))
			return i;
	FcPattern *pattern = faces->count == FACES_MAX ? NULL : match(arena, wanted);
	struct face face = {.family = wanted, .pattern = pattern};

	if (pattern == NULL || FcPatternGetCharSet(pattern, FC_CHARSET, 0, &face.characters) != FcResultMatch)
		return -1;
	face.face = cairo_ft_font_face_create_for_pattern(pattern);
	face.probe = scaled(face.face, PROBE_SIZE);
	if (cairo_scaled_font_status(face.probe) != CAIRO_STATUS_SUCCESS ||
		cairo_ft_scaled_font_lock_face(face.probe) == NULL)
		return -1;
	cairo_ft_scaled_font_unlock_face(face.probe);
	faces->faces[faces->count] = face;
	return faces->count++;
}

/* The first of the choices that there is. */
static int first_there_is(struct faces *faces, struct arena *arena, struct str choices)
{
	struct str choice;

	while (choices.size > 0 && str_cut(&choices, ',', &choice)) {
		int face = open_face(faces, arena, str_trim(choice));

		if (face >= 0)
			return face;
	}
	return -1;
}

static int stand_in_for(const struct faces *faces, struct str name)
{
	for (size_t i = 0; i < faces->stand_in_count; i++)
		if (str_equal(faces->stand_ins[i].name, name))
			return faces->stand_ins[i].face;
	return -1;
}

/* Something must be taken where a machine has none of what was named. */
static int any_face(struct faces *faces, struct arena *arena)
{
	static const char *const families[] = {"Noto Sans CJK SC", "WenQuanYi Zen Hei", "DejaVu Sans"};

	for (size_t i = 0; i < ARRAY_COUNT(families); i++) {
		int face = open_face(faces, arena, str_from(families[i]));

		if (face >= 0)
			return face;
	}
	return -1;
}

enum err faces_open(struct arena *arena, struct str fonts, struct faces **ret_faces, struct bh_err *reterr)
{
	struct faces *faces = ARENA_TAKE(arena, 1, struct faces);
	struct str rest = fonts, line, name;

	faces->others = -1;
	while (rest.size > 0 && str_cut(&rest, '\n', &line)) {
		struct str choices = str_trim(line);

		if (choices.size == 0 || choices.data[0] == '#')
			continue;
		(void)str_cut(&choices, '=', &name);
		name = str_trim(name);
		if (stand_in_for(faces, name) >= 0)
			continue;
		/* What it is called in documents comes before what may stand for it. */
		int face = open_face(faces, arena, name);

		if (face < 0)
			face = first_there_is(faces, arena, choices);
		if (face >= 0)
			*ARENA_PUSH(arena, faces->stand_ins, faces->stand_in_count,
				faces->stand_in_capacity) = (struct stand_in){name, face};
	}
	faces->others = stand_in_for(faces, STR("*"));
	if (faces->others < 0)
		faces->others = any_face(faces, arena);
	if (faces->others < 0)
		return err_set(reterr, ERR_IO, "",
			"this machine has no typeface for papers: install fonts-noto-cjk, or name one in "
			"fonts.txt");
	*ret_faces = faces;
	return ERR_OK;
}

static struct glyph measure(struct faces *faces, int face, uint32_t character)
{
	char text[4];
	cairo_glyph_t *glyphs = NULL;
	int count = 0;
	cairo_text_extents_t extents;
	struct glyph glyph = {.face = face, .advance = 1};

	if (cairo_scaled_font_text_to_glyphs(faces->faces[face].probe, 0, 0, text,
		    (int)utf8_put(character, text), &glyphs, &count, NULL, NULL,
		    NULL) == CAIRO_STATUS_SUCCESS &&
		count > 0) {
		cairo_scaled_font_glyph_extents(faces->faces[face].probe, glyphs, 1, &extents);
		glyph.index = glyphs[0].index;
		glyph.advance = extents.x_advance / PROBE_SIZE;
	}
	cairo_glyph_free(glyphs);
	return glyph;
}

struct glyph faces_glyph(struct faces *faces, struct str name, uint32_t character)
{
	int face = stand_in_for(faces, name);

	if (face < 0 || !FcCharSetHasChar(faces->faces[face].characters, character))
		face = faces->others;
	for (int i = 0; i < faces->count && !FcCharSetHasChar(faces->faces[face].characters, character); i++)
		if (FcCharSetHasChar(faces->faces[i].characters, character))
			face = i;
	size_t at = (character * 31 + (uint32_t)face) % CACHE_SIZE;

	if (faces->cache[at].character != character || faces->cache[at].glyph.face != face) {
		faces->cache[at].character = character;
		faces->cache[at].glyph = measure(faces, face, character);
	}
	return faces->cache[at].glyph;
}

/* ---- pages ---- */

struct canvas {
	struct faces *faces;
	canvas_put_fn *put;
	void *context;
	bool failed, begun;
	cairo_surface_t *surface;
	cairo_t *cairo;
};

static cairo_status_t write_out(void *closure, const unsigned char *bytes, unsigned int size)
{
	struct canvas *canvas = closure;

	if (canvas->put(canvas->context, (struct str){(const char *)bytes, size}) == ERR_OK)
		return CAIRO_STATUS_SUCCESS;
	canvas->failed = true;
	return CAIRO_STATUS_WRITE_ERROR;
}

struct canvas *canvas_open(struct arena *arena, struct faces *faces, canvas_put_fn *put, void *context)
{
	struct canvas *canvas = ARENA_TAKE(arena, 1, struct canvas);

	*canvas = (struct canvas){.faces = faces, .put = put, .context = context};
	canvas->surface = cairo_pdf_surface_create_for_stream(write_out, canvas, 595, 842);
	cairo_pdf_surface_set_metadata(canvas->surface, CAIRO_PDF_METADATA_CREATOR, "bihuan");
	canvas->cairo = cairo_create(canvas->surface);
	return canvas;
}

void canvas_page(struct canvas *canvas, double width, double height)
{
	if (canvas->begun)
		cairo_show_page(canvas->cairo);
	canvas->begun = true;
	cairo_pdf_surface_set_size(canvas->surface, width, height);
}

static void set_colour(struct canvas *canvas, uint32_t colour)
{
	cairo_set_source_rgb(canvas->cairo, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
		(colour & 0xFF) / 255.0);
}

void canvas_glyph(struct canvas *canvas, const struct glyph *glyph, uint32_t character, double size,
	bool bold, uint32_t colour, double x, double baseline)
{
	char text[4];
	int text_size = (int)utf8_put(character, text);
	cairo_text_cluster_t cluster = {text_size, 1};

	set_colour(canvas, colour);
	cairo_set_font_face(canvas->cairo, canvas->faces->faces[glyph->face].face);
	cairo_set_font_size(canvas->cairo, size);
	for (int stroke = 0; stroke < (bold ? 2 : 1); stroke++) {
		cairo_glyph_t one = {glyph->index, x + stroke * BOLD_OFFSET * size, baseline};

		cairo_show_text_glyphs(canvas->cairo, text, text_size, &one, 1, &cluster, 1, 0);
	}
}

void canvas_line(struct canvas *canvas, double x, double y, double to_x, double to_y, double width,
	uint32_t colour, bool dashed)
{
	const double dash[] = {3, 3};

	set_colour(canvas, colour);
	cairo_set_dash(canvas->cairo, dash, dashed ? 2 : 0, 0);
	cairo_set_line_width(canvas->cairo, width);
	cairo_set_line_cap(canvas->cairo, CAIRO_LINE_CAP_SQUARE);
	cairo_move_to(canvas->cairo, x, y);
	cairo_line_to(canvas->cairo, to_x, to_y);
	cairo_stroke(canvas->cairo);
}

static cairo_status_t read_png(void *closure, unsigned char *bytes, unsigned int size)
{
	struct str *rest = closure;

	if (size > rest->size)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(bytes, rest->data, size);
	*rest = str_slice(*rest, size, rest->size);
	return CAIRO_STATUS_SUCCESS;
}

bool canvas_picture(struct canvas *canvas, struct str png, double x, double y, double width, double height)
{
	struct str rest = png;
	cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_png, &rest);
	bool good = cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS;
	int points_x = good ? cairo_image_surface_get_width(picture) : 0,
	    points_y = good ? cairo_image_surface_get_height(picture) : 0;

	good = good && points_x > 0 && points_y > 0;
	if (good) {
		cairo_save(canvas->cairo);
		cairo_translate(canvas->cairo, x, y);
		cairo_scale(canvas->cairo, width / points_x, height / points_y);
		cairo_set_source_surface(canvas->cairo, picture, 0, 0);
		/* Squares stay squares. */
		cairo_pattern_set_filter(cairo_get_source(canvas->cairo), CAIRO_FILTER_NEAREST);
		cairo_paint(canvas->cairo);
		cairo_restore(canvas->cairo);
	}
	cairo_surface_destroy(picture);
	return good;
}

enum err canvas_close(struct canvas *canvas, struct bh_err *reterr)
{
	cairo_status_t status;

	if (canvas->begun)
		cairo_show_page(canvas->cairo);
	status = cairo_status(canvas->cairo);
	cairo_destroy(canvas->cairo);
	cairo_surface_finish(canvas->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(canvas->surface);
	cairo_surface_destroy(canvas->surface);
	return status == CAIRO_STATUS_SUCCESS && !canvas->failed
		       ? ERR_OK
		       : err_set(reterr, ERR_IO, "", "the paper couldn't be drawn: %s",
				 cairo_status_to_string(status));
}
