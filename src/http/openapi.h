/* openapi.h: the OpenAPI 3.1 document of a table. */
#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include "http/route.h"

/* The same table always gives the same bytes. In `arena`. */
struct str openapi_print(struct arena *arena, const struct routes *routes);

#endif
