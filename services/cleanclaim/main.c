/* main.c - cleanclaim COMMAND …: finds the row and runs it */
#include "services/cleanclaim/cmd.h"

#include <stdio.h>
#include <string.h>

#include "common/sys/harden.h"
#include "services/cleanclaim/audited.h"

/* find - the row of a name */
static const struct cmd *find(const char *name)
{
    for (const struct cmd *c = cmd_list; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* print_all - every command in a line */
static void print_all(FILE *f)
{
    fprintf(f, "cleanclaim COMMAND [ARGUMENT...]\n\n");
    for (const struct cmd *c = cmd_list; c->name; c++)
        fprintf(f, "  %-10s %s\n", c->name, c->sentence);
    fprintf(f, "\n  help COMMAND, COMMAND --help; --version\n"
               "Exit: 0 all well, 1 found, refused or not there, 2 wrong usage or setting, 3 "
               "environment not there\n");
}

/* print_one - usage and sentence */
static int print_one(const struct cmd *c)
{
    printf("cleanclaim %s %s\n%s\n", c->name, c->usage, c->sentence);
    return 0;
}

/* wants_help - COMMAND --help */
static bool wants_help(int argc, char **argv)
{
    return argc > 2 && strcmp(argv[2], "--help") == 0;
}

/* main - the first word decides */
int main(int argc, char **argv)
{
    const struct cmd *c;
    struct err e;
    bool help = argc > 1 && (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0);

    if (harden_process(&e) < 0)
        return cmd_fail(&e);
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return printf("cleanclaim %s\n", CC_VERSION) < 0;
    if (argc < 2 || (help && argc < 3)) {
        print_all(help ? stdout : stderr);
        return help ? 0 : EXIT_USAGE;
    }
    c = find(argv[help ? 2 : 1]);
    if (!c) {
        fprintf(stderr, "error: no command of this name; cleanclaim help lists them\n");
        return EXIT_USAGE;
    }
    return help || wants_help(argc, argv) ? print_one(c) : audited_run(c, argc - 1, argv + 1);
}
