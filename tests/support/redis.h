/* redis.h - a private redis-server on a socket of a temporary folder */
#ifndef CC_TESTS_REDIS_H
#define CC_TESTS_REDIS_H

#include <stdbool.h>
#include <sys/types.h>

struct redis_server {
    char dir[64], socket[96], url[128]; /* url as REDIS_URL has it */
    pid_t pid;
};

/* With an empty memory; what it had is kept in no file. False: there is no redis-server. */
bool redis_server_start(struct redis_server *s);
void redis_server_stop(struct redis_server *s);

#endif
