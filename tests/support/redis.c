/* redis.c - a private redis-server */
#include "tests/support/redis.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* answers - does it talk already */
static bool answers(const struct redis_server *s)
{
    redisContext *c = redisConnectUnix(s->socket);
    redisReply *r = c && !c->err ? redisCommand(c, "PING") : NULL;
    bool up = r != NULL;

    if (r)
        freeReplyObject(r);
    if (c)
        redisFree(c);
    return up;
}

/* redis_server_start - and waits, at most five seconds */
bool redis_server_start(struct redis_server *s)
{
    snprintf(s->dir, sizeof(s->dir), "/tmp/cleanclaim-redis-XXXXXX");
    if (!mkdtemp(s->dir))
        return false;
    snprintf(s->socket, sizeof(s->socket), "%s/socket", s->dir);
    snprintf(s->url, sizeof(s->url), "unix://%s", s->socket);
    s->pid = fork();
    if (s->pid == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", s->socket, "--dir",
               s->dir, "--save", "", "--appendonly", "no", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; s->pid > 0 && i < 250; i++) {
        if (answers(s))
            return true;
        usleep(20000);
    }
    redis_server_stop(s);
    return false;
}

/* redis_server_stop - by its pid */
void redis_server_stop(struct redis_server *s)
{
    if (s->pid > 0) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    s->pid = 0;
    unlink(s->socket);
    rmdir(s->dir);
}
