/* web.c: the pages. One page holds the script that draws all the others; each address that isn't the
 * interface's is answered with it, and the script looks at the address. */
#include "http/web.h"
#include "http/handlers.h"
#include "http/service.h"

#include <string.h>
#include <strings.h>

#define NONCE_SIZE 16
#define NONCE_MARK "{nonce}" /* stands in index.html where the nonce belongs */

/* Scripts and styles from here and nowhere else, nothing written into a page, no frame around it. Components
 * make their styles while they are shown, and those carry the nonce of their page. */
#define POLICY                                                                                               \
	"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%.*s'; img-src 'self' data:; "       \
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static const struct web_file *find(struct str name)
{
	for (size_t i = 0; i < web_file_count; i++)
		if (str_is(name, web_files[i].name))
			return &web_files[i];
	return NULL;
}

static enum err no_pages(struct http_request *request)
{
	return err_set(&request->why, ERR_NOT_FOUND, "target",
		web_file_count == 0 ? "this program was built without its pages"
				    : "there is no such file: pages of another version ask for it");
}

/* Is the weight of a coding zero: "q=0", "q=0.000"? */
static bool is_refused(struct str weight)
{
	weight = str_trim(weight);
	if (!str_starts(weight, "q=0"))
		return false;
	for (size_t i = 3; i < weight.size; i++)
		if (weight.data[i] != '.' && weight.data[i] != '0')
			return false;
	return true;
}

/* Does the sender take gzip (RFC 9110, section 12.5.3)? */
static bool takes_gzip(struct http_request *request)
{
	struct str rest = request_header(request, "Accept-Encoding"), part;

	while (str_cut(&rest, ',', &part)) {
		struct str weight = part, coding;

		(void)str_cut(&weight, ';', &coding);
		coding = str_trim(coding);
		if (coding.size == 4 && strncasecmp(coding.data, "gzip", 4) == 0)
			return !is_refused(weight);
	}
	return false;
}

enum err route_web_page(struct http_request *request, struct reply *reply)
{
	const struct web_file *file = find(STR("index.html"));
	const struct act_source *source = request->service->config.source;
	uint8_t chance[NONCE_SIZE];

	if (file == NULL)
		return no_pages(request);
	source->random(source->context, chance, sizeof chance);
	struct str nonce = hex_print(request->arena, chance, sizeof chance);
	struct str page = {(const char *)file->plain, file->plain_size};
	size_t at = str_find(page, STR(NONCE_MARK));
	struct buf buf = buf_new(request->arena);

	REQUIRE(at != SIZE_MAX);
	buf_put(&buf, str_slice(page, 0, at));
	buf_put(&buf, nonce);
	buf_put(&buf, str_slice(page, at + sizeof NONCE_MARK - 1, page.size));
	reply_body(reply, file->media, buf_str(&buf));
	reply_header(reply, "Content-Security-Policy", str_format(request->arena, POLICY, STR_ARG(nonce)));
	reply_header(reply, "Cross-Origin-Opener-Policy", STR("same-origin"));
	return ERR_OK;
}

enum err route_web_asset(struct http_request *request, struct reply *reply)
{
	const struct web_file *file = find(request_text(request, "name"));

	if (file == NULL || strcmp(file->name, "index.html") == 0)
		return no_pages(request);
	bool packed = file->packed != NULL && takes_gzip(request);

	reply_body(reply, file->media,
		packed ? (struct str){(const char *)file->packed, file->packed_size}
		       : (struct str){(const char *)file->plain, file->plain_size});
	/* Two representations have two strong tags. */
	reply_etag(reply, packed ? str_format(request->arena, "%s-gzip", file->tag) : str_from(file->tag));
	if (packed)
		reply_header(reply, "Content-Encoding", STR("gzip"));
	reply_header(reply, "Vary", STR("Accept-Encoding"));
	reply_immutable(reply);
	return ERR_OK;
}
