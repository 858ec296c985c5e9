/* port.h - ports of loopback, for tests */
#ifndef CC_TESTS_PORT_H
#define CC_TESTS_PORT_H

#include <stdbool.h>

int port_free(void);         /* nobody listens there */
int port_silent(int *port);  /* a socket that listens and never says a word; close it */
bool port_answers(int port); /* waits five seconds at most */
bool port_left(int port);    /* the same until nobody listens there */

#endif
