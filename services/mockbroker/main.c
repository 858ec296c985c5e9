/* main.c - mockbroker [PARTITIONS [FILE]]: the embedded broker of the demo
 *
 * Prints its bootstrap address, writes it to FILE when it serves, runs until SIGTERM or SIGINT. It
 * forgets everything at exit. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/mock.h"
#include "common/sys/harden.h"
#include "common/sys/file.h"

enum { EXIT_USAGE = 2, EXIT_GONE = 3, PARTITIONS_DEFAULT = 4, PARTITIONS_MAX = 64 };

/* write_address - whole or not at all, so that a waiting script never reads half an address */
static int write_address(const char *path, const char *address, struct err *e)
{
    char dir[4096];
    char *slash;

    if (!str_copy(dir, sizeof(dir), path))
        return err_set(e, ERR_FATAL, "file", "path too long");
    slash = strrchr(dir, '/');
    if (!slash)
        return file_write(".", path, address, strlen(address), e);
    *slash = '\0';
    return file_write(dir[0] ? dir : "/", slash + 1, address, strlen(address), e);
}

/* wait_for_end - the signals were blocked before any thread was made */
static void wait_for_end(const sigset_t *set)
{
    int got;

    while (sigwait(set, &got) != 0)
        continue;
}

/* serve - until a signal */
static int serve(int partitions, const char *file, const sigset_t *set)
{
    struct err e = {0};
    struct mock *m =
        mock_open(1, partitions, getenv("TOPIC_PREFIX") ? getenv("TOPIC_PREFIX") : "", &e);
    int r = m ? 0 : -1;

    if (r == 0 && file)
        r = write_address(file, mock_bootstrap(m), &e);
    if (r < 0) {
        fprintf(stderr, "error: %s\n", e.text);
        mock_close(m);
        return EXIT_GONE;
    }
    printf("%s\n", mock_bootstrap(m));
    fflush(stdout);
    wait_for_end(set);
    mock_close(m);
    if (file)
        remove(file);
    return 0;
}

/* main - arguments, signals */
int main(int argc, char **argv)
{
    int64_t partitions = PARTITIONS_DEFAULT;
    struct err e;
    sigset_t set;

    if (harden_process(&e) < 0) {
        fprintf(stderr, "error: %s\n", e.text);
        return EXIT_GONE;
    }
    if (argc > 3 || (argc > 1 && (!str_to_i64(argv[1], &partitions) || partitions < 1 ||
                                  partitions > PARTITIONS_MAX))) {
        fprintf(stderr, "usage: mockbroker [PARTITIONS, 1 to %d [FILE]]\n", PARTITIONS_MAX);
        return EXIT_USAGE;
    }
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    return serve((int)partitions, argc > 2 ? argv[2] : NULL, &set);
}
