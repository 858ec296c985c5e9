/* sftp.c - a payer's SFTP: OpenSSH's sshd on loopback */
#include "tests/support/sftp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/support/port.h"
#include "tests/support/test.h"

/* shell - a command that must succeed; the second word of its first line */
static void shell(const char *command, char *out, size_t size)
{
    FILE *f = popen(command, "r");
    char line[512] = "", word[512] = "";

    assert_non_null(f);
    if (out && fgets(line, sizeof(line), f)) {
        assert_int_equal(sscanf(line, "%*s %511s", word), 1);
        assert_true(strlen(word) < size);
        str_copy(out, size, word);
    }
    assert_int_equal(pclose(f), 0);
}

/* sftp_server_init - keys and settings */
bool sftp_server_init(struct sftp_server *s, const char *dir)
{
    char text[1200];

    if (access("/usr/sbin/sshd", X_OK) != 0)
        return false;
    memset(s, 0, sizeof(*s));
    snprintf(s->dir, sizeof(s->dir), "%s", dir);
    snprintf(s->user, sizeof(s->user), "%s", getpwuid(getuid())->pw_name);
    s->port = port_free();
    snprintf(text, sizeof(text),
             "cd %s && ssh-keygen -q -t ed25519 -N '' -f host_key && ssh-keygen -q -t ed25519 -N "
             "'' -f user_key && ssh-keygen -q -t ed25519 -N '' -f other_key && cp user_key.pub "
             "allowed",
             dir);
    shell(text, NULL, 0);
    snprintf(text, sizeof(text), "ssh-keygen -lf %s/host_key.pub", dir);
    shell(text, s->print, sizeof(s->print));
    if (getuid() == 0 && mkdir("/run/sshd", 0755) != 0)
        assert_int_equal(errno, EEXIST); /* sshd wants it when root runs it */
    return true;
}

/* settings - written at each start */
static void settings(const struct sftp_server *s, const char *options)
{
    char text[1200];
    const int n =
        snprintf(text, sizeof(text),
                 "Port %d\nListenAddress 127.0.0.1\nHostKey %s/host_key\nAuthorizedKeysFile "
                 "%s/allowed\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile "
                 "none\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                 "MaxStartups 100\nSubsystem sftp internal-sftp %s\n",
                 s->port, s->dir, s->dir, options);

    assert_int_equal(file_write(s->dir, "sshd_config", text, (size_t)n, NULL), 0);
}

/* sftp_server_start - and waits, at most five seconds */
bool sftp_server_start(struct sftp_server *s, const char *before, const char *options)
{
    char line[512];

    settings(s, options);
    snprintf(line, sizeof(line), "%s exec /usr/sbin/sshd -D -e -f %s/sshd_config 2>/dev/null",
             before, s->dir);
    s->pid = fork();
    if (s->pid == 0) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return s->pid > 0 && port_answers(s->port);
}

/* sftp_server_stop - by its pid */
void sftp_server_stop(struct sftp_server *s)
{
    if (s->pid > 0) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, NULL, 0);
    }
    s->pid = 0;
}
