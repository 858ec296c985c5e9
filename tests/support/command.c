/* command.c - a command of the operator on the embedded broker */
#include "tests/support/command.h"

#include <stdio.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/support/test.h"

/* command_setup - see command.h */
int command_setup(void **state)
{
    struct command *c = calloc(1, sizeof(*c));
    struct err e = {0};

    c->mock = mock_open(1, 2, "", &e);
    if (!c->mock)
        return -1;
    setenv("KAFKA_BOOTSTRAP_SERVERS", mock_bootstrap(c->mock), 1);
    setenv("KAFKA_FETCH_WAIT_MAX_MS", "10", 1);
    c->conf = live_conf();
    c->a = arena_new((size_t)1 << 22);
    *state = c;
    return c->conf && c->a ? 0 : -1;
}

/* command_teardown - all of it */
int command_teardown(void **state)
{
    struct command *c = *state;

    mock_close(c->mock);
    conf_free(c->conf);
    arena_free(c->a);
    free(c);
    return 0;
}

/* command_publish - see command.h */
void command_publish(struct command *c, enum topic t, int32_t partition, const char *key,
                     const ProtobufCMessage *m)
{
    struct err e = {0};
    struct bus_publisher *bus = bus_publisher_open("test", c->conf, &e);
    struct bus_record r = {.topic = t, .partition = partition, .key = key, .key_len = strlen(key)};
    uint8_t *bytes;

    assert_non_null(bus);
    if (m) {
        assert_int_equal(event_pack(c->a, m, &bytes, &r.value_len, &e), 0);
        r.value = bytes;
    }
    assert_int_equal(bus_publish(bus, &r, 1, COMMAND_WAIT_MS, &e), 0);
    bus_publisher_close(bus);
}

/* command_run - see command.h */
int command_run(struct command *c, int (*run)(int argc, char **argv), const char *words)
{
    char text[256], name[] = "command", *argv[16] = {name}, *save = NULL;
    int argc = 1, keep = dup(1), code;
    FILE *printed = tmpfile();

    snprintf(text, sizeof(text), "%s", words);
    for (char *w = strtok_r(text, " ", &save); w && argc < 15; w = strtok_r(NULL, " ", &save))
        argv[argc++] = w;
    fflush(stdout);
    dup2(fileno(printed), 1);
    code = run(argc, argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep);
    rewind(printed);
    c->out[fread(c->out, 1, COMMAND_OUT - 1, printed)] = '\0';
    fclose(printed);
    return code;
}
