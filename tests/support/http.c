/* http.c - as a client would that asks once */
#include "tests/support/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/test.h"

/* dial - a connection that is patient */
static int dial(int port)
{
    const struct sockaddr_in at = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)port),
                                   .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const struct timeval patience = {10, 0};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

/* http_ask - see http.h; who closes without reading is not written to */
long http_ask(int port, const char *method, const char *path, const char *headers, const void *body,
              size_t n, char *answer, size_t room)
{
    char head[500];
    int fd = dial(port);
    int len =
        snprintf(head, sizeof(head),
                 "%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n",
                 method, path, headers, n);
    size_t have = 0;
    ssize_t got;

    if (send(fd, head, (size_t)len, MSG_NOSIGNAL) == len && n)
        (void)!send(fd, body, n, MSG_NOSIGNAL);
    while ((got = recv(fd, answer + have, room - 1 - have, 0)) > 0 || (got < 0 && errno == EINTR))
        have += got > 0 ? (size_t)got : 0;
    close(fd);
    answer[have] = '\0';
    return have > 12 ? strtol(answer + 9, NULL, 10) : 0;
}
