/* receiving.h: a file that a request sends, piece by piece, into one of the service's folders of uploads. Its
 * name is the parameter "name"; a wrong one is refused before much is sent under it. */
#ifndef HTTP_RECEIVING_H
#define HTTP_RECEIVING_H

#include "http/http.h"
#include "http/uploads.h"

/* One more piece of the body. What was received is given up when the request ends before upload_receive_end.
 */
MUST_CHECK enum err upload_receive(struct http_request *request, enum upload_use use, struct str piece);
/* It is all there, also when a body without a byte never came as a piece: kept with a slip of the sender's.
 * The reply is 201. */
MUST_CHECK enum err upload_receive_end(
	struct http_request *request, enum upload_use use, struct reply *reply, struct upload *ret_upload);
/* What was kept, as the schema "upload". */
void upload_answer(const struct upload *upload, struct reply *reply);

#endif
