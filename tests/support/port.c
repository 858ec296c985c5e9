/* port.c - ports of loopback, for tests */
#include "tests/support/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/test.h"

/* at - a port of loopback */
static struct sockaddr_in at(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

/* port_silent - see port.h */
int port_silent(int *port)
{
    struct sockaddr_in a = at(0);
    socklen_t n = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&a, n), 0);
    assert_int_equal(listen(fd, 8), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &n), 0);
    *port = ntohs(a.sin_port);
    return fd;
}

/* port_free - see port.h */
int port_free(void)
{
    int port, fd = port_silent(&port);

    close(fd);
    return port;
}

/* answers - does somebody take a connection? */
static bool answers(int port)
{
    const struct sockaddr_in a = at(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int r = connect(fd, (const struct sockaddr *)&a, sizeof(a));

    close(fd);
    return r == 0;
}

/* becomes - waits until it does, or does not */
static bool becomes(int port, bool wanted)
{
    for (int i = 0; i < 250; i++, usleep(20000))
        if (answers(port) == wanted)
            return true;
    return false;
}

/* port_answers - see port.h */
bool port_answers(int port)
{
    return becomes(port, true);
}

/* port_left - see port.h */
bool port_left(int port)
{
    return becomes(port, false);
}
