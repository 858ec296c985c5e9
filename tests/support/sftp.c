/* sftp.c - a payer's SFTP: OpenSSH's sshd on loopback */
#include "tests/support/sftp.h"

#include <arpa/inet.h>
#include <dirent.h>
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

/* parent_of - of a process, by its number as text; 0: there is none */
static pid_t parent_of(const char *pid)
{
    char path[300], text[512] = "";
    int parent = 0;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%s/stat", pid);
    f = fopen(path, "r");
    if (f && fgets(text, sizeof(text), f) && strrchr(text, ')'))
        sscanf(strrchr(text, ')') + 1, " %*c %d", &parent);
    if (f)
        fclose(f);
    return parent;
}

/* kill_family - a process and those that it began, stopped before its children are looked for */
static void kill_family(pid_t pid)
{
    const struct dirent *d;
    DIR *all;

    kill(pid, SIGSTOP);
    all = opendir("/proc");
    while (all && (d = readdir(all)))
        if (str_is_digits(d->d_name, 1, 9) && parent_of(d->d_name) == pid)
            kill_family((pid_t)strtol(d->d_name, NULL, 10));
    if (all)
        closedir(all);
    kill(pid, SIGKILL);
}

/* sftp_server_stop - with its sessions; a session that was just begun holds the listening socket
 * until it is dead, and the next server could not have its port */
void sftp_server_stop(struct sftp_server *s)
{
    if (s->pid > 0) {
        kill_family(s->pid);
        waitpid(s->pid, NULL, 0);
        assert_true(port_left(s->port));
    }
    s->pid = 0;
}
