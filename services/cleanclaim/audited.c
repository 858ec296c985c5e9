/* audited.c - the operator's acts: told before they are done, and how they ended */
#include "services/cleanclaim/audited.h"

#include <ctype.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/bus/audit.h"
#include "common/bus/bus.h"

/* A command, its word (NULL: it has none), and whether the word behind is an object. */
static const struct {
    const char *command, *word;
    bool object;
} rows[] = {
    {"send", NULL, false},      {"show", NULL, true},      {"claims", NULL, false},
    {"report", NULL, false},    {"dead", "list", true},    {"dead", "show", true},
    {"dead", "replay", true},   {"review", "list", false}, {"review", "show", true},
    {"review", "decide", true}, {"routes", "again", true}, {"tables", "load", false},
    {NULL, NULL, false},
};

/* Options whose value says what was done, and to what; it is never a person's words. */
static const char *const valued[] = {"--role", "--override", "--state", "--kind",
                                     "--day",  "--older",    "--payer", NULL};

static const struct conf_row settings[] = {
    {"CLEANCLAIM_USER", CONF_TEXT, "", 0, 0, NULL,
     "who uses the command, where one account of the system serves several people"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};

/* is_id - of ours: letters of codes and places, and at least one digit; a name has none */
static bool is_id(const char *s)
{
    size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    return n > 0 && n < 100 && s[n] == '\0' && strpbrk(s, "0123456789");
}

/* add - one more word to a text; what does not fit is left out */
static void add(char *text, size_t size, const char *word)
{
    size_t n = strlen(text);

    snprintf(text + n, size - n, "%s%s", n ? " " : "", word);
}

/* add_options - from the first one on */
static void add_options(int argc, char **argv, int from, struct audited *out)
{
    char word[80];

    for (int i = from; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) != 0 || strlen(argv[i]) > 20)
            continue;
        snprintf(word, sizeof(word), "%s", argv[i]);
        if (str_in(argv[i], valued) && i + 1 < argc && strlen(argv[i + 1]) < 40)
            snprintf(word, sizeof(word), "%s=%s", argv[i], argv[i + 1]);
        add(out->detail, sizeof(out->detail), word);
    }
}

/* leading - how many words stand before the first option */
static int leading(int argc, char **argv)
{
    int n = 0;

    while (n < argc && argv[n][0] != '-')
        n++;
    return n;
}

/* audited_words - see audited.h */
void audited_words(int argc, char **argv, struct audited *out)
{
    int words = leading(argc, argv), i = 0;
    char files[32];

    memset(out, 0, sizeof(*out));
    for (; rows[i].command; i++)
        if (strcmp(rows[i].command, argv[0]) == 0 &&
            (!rows[i].word || (words > 1 && strcmp(rows[i].word, argv[1]) == 0)))
            break;
    if (!rows[i].command)
        return;
    add(out->action, sizeof(out->action), rows[i].command);
    if (rows[i].word)
        add(out->action, sizeof(out->action), rows[i].word);
    words -= rows[i].word ? 2 : 1;
    argv += rows[i].word ? 2 : 1;
    argc -= rows[i].word ? 2 : 1;
    if (rows[i].object && words > 0)
        str_copy(out->object, sizeof(out->object), is_id(argv[0]) ? argv[0] : "?");
    add_options(argc, argv, 0, out);
    if (!rows[i].object && words > 0) {
        snprintf(files, sizeof(files), "files=%d", words);
        add(out->detail, sizeof(out->detail), files);
    }
}

/* who - the system's user, and who it says that it is */
static void who(const struct conf *c, char *out, size_t size)
{
    const struct passwd *p = getpwuid(getuid());
    const char *said = conf_text(c, "CLEANCLAIM_USER");
    char user[48];

    if (p)
        str_copy(user, sizeof(user), p->pw_name);
    else
        snprintf(user, sizeof(user), "uid %u", (unsigned)getuid());
    snprintf(out, size, "%s%s%.40s", user, said[0] ? " for " : "", said);
}

/* told - a record, or why not */
static int told(struct audit *a, const struct audited *w, const char *outcome)
{
    const struct audit_entry entry = {w->action, w->object, outcome, w->detail};
    struct err e = {0};

    if (audit_write(a, &entry, &e) == 0)
        return 0;
    fprintf(stderr, "error: %s\n", e.text);
    return EXIT_GONE;
}

/* run_between - the two records */
static int run_between(struct audit *a, const struct cmd *c, int argc, char **argv,
                       const struct audited *w)
{
    static const char *const outcomes[] = {"done", "found", "usage", "failed"};
    int code = told(a, w, "");

    if (code) {
        fprintf(stderr, "error: nothing was done, for the audit topic could not be written\n");
        return code;
    }
    code = c->run(argc, argv);
    return cmd_worse(code, told(a, w, outcomes[code >= 0 && code <= EXIT_GONE ? code : EXIT_GONE]));
}

/* audited_run - see audited.h */
int audited_run(const struct cmd *c, int argc, char **argv)
{
    const struct conf_row *const tables[] = {bus_settings, settings, NULL};
    struct audited w;
    struct audit *a;
    struct err e = {0};
    struct conf *conf;
    char actor[96];
    int code;

    audited_words(argc, argv, &w);
    if (!w.action[0] || !str_eq(getenv("AUDIT"), "on"))
        return c->run(argc, argv);
    conf = cmd_conf(tables);
    if (!conf)
        return EXIT_USAGE;
    who(conf, actor, sizeof(actor));
    a = audit_open("cleanclaim", actor, conf, &e);
    if (!a) {
        err_prefix(&e, "nothing was done, for the audit topic could not be read");
        code = cmd_worse(EXIT_GONE, cmd_fail(&e));
    } else
        code = run_between(a, c, argc, argv, &w);
    audit_close(a);
    conf_free(conf);
    return code;
}
