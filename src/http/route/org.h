/* org.h: rows of the institution that other lists have too. */
#ifndef HTTP_ROUTE_ORG_H
#define HTTP_ROUTE_ORG_H

#include "http/reading.h"

/* One object each, to the value that `out` waits for. */
void put_person(const struct reading *reading, struct json_out *out, const struct person *person,
	struct day day); /* with the posts held on that day */
void put_tenure(const struct teller *teller, struct json_out *out, const struct tenure *tenure);

#endif
