/* main.c - submitter build | deliver | follow: the first word picks the worker */
#include <stdio.h>
#include <string.h>

#include "services/submitter/submitter.h"

/* The roles as rows. */
static const struct {
    const char *name;
    const struct svc_spec *spec;
} roles[] = {
    {"build", &submitter_build_spec},
    {"deliver", &submitter_deliver_spec},
    {"follow", &submitter_follow_spec},
};

/* usage - what there is to pick from */
static int usage(FILE *f)
{
    fprintf(f, "submitter build | deliver | follow [--help | --help-markdown | --help-metrics | "
               "--version]\n");
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        fprintf(f, "  %-8s %s\n", roles[i].name, roles[i].spec->sentence);
    return f == stdout ? 0 : 2;
}

/* main - the role's worker, with the arguments behind the role */
int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof(roles) / sizeof(roles[0]); i++)
        if (strcmp(argv[1], roles[i].name) == 0)
            return svc_main(roles[i].spec, argc - 1, argv + 1);
    return usage(argc > 1 && strcmp(argv[1], "--help") == 0 ? stdout : stderr);
}
