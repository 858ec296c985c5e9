/* sftp.h - a payer's SFTP: OpenSSH's sshd on a free port of loopback, with keys of its own */
#ifndef CC_TESTS_SFTP_H
#define CC_TESTS_SFTP_H

#include <stdbool.h>
#include <sys/types.h>

struct sftp_server {
    char dir[200];            /* keys, settings; the payer's folders are in it too */
    char user[64], print[64]; /* who logs in, by DIR/user_key; the host's fingerprint */
    int port;
    pid_t pid;
};

/* dir exists; false: no sshd. */
bool sftp_server_init(struct sftp_server *s, const char *dir);
/* Words for the shell before it ("ulimit -f 8;"), and options of its internal-sftp ("-P rename"):
 * no login shell of the user's takes part. */
bool sftp_server_start(struct sftp_server *s, const char *before, const char *options);
void sftp_server_stop(struct sftp_server *s);

#endif
