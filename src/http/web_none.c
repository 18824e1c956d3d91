/* web_none.c: a build without pages (meson option web). */
#include "http/web.h"

const struct web_file web_files[1] = {{0}};
const size_t web_file_count = 0;
