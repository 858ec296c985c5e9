/* http.h - one request to a listener on loopback, and all that is answered */
#ifndef CC_TESTS_HTTP_H
#define CC_TESTS_HTTP_H

#include <stddef.h>

/* `headers` end with CRLF each, "" = none besides ours. The answer as it came, head and body, ends
 * with a zero byte and is cut to the room; it is waited for ten seconds. Its status; 0: none came.
 */
long http_ask(int port, const char *method, const char *path, const char *headers, const void *body,
              size_t n, char *answer, size_t room);

#endif
