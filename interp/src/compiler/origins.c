/* origins.c - notes which procedure each node was written in, before any code is moved.
 *
 * Before: nodes have no origin.
 * After:  every node has the number of an Origin: that of the lambda around it, or 1, which
 *         is the form itself. Calls in tail position of their procedure are marked.
 *
 * When code of one procedure comes to stand in another (inline.c, loops.c), its origin says
 * what call that was. So an error can be reported as if nothing had been moved, and the nodes
 * that are moved need no change.
 */
#include "compiler/passes.h"
#include "vm/global.h"

#include <string.h>

enum {
    MAX_ORIGINS = INT32_MAX
};

uint32_t li_origin_new(Compiler *c, const Lambda *lambda)
{
    if (c->origin_count == c->origin_capacity) {
        uint32_t capacity = c->origin_capacity == 0 ? 32 : 2 * c->origin_capacity;
        Origin *origins = ARENA_ARRAY(c->arena, Origin, capacity);

        if (origins == NULL || capacity > MAX_ORIGINS)
            return 0;
        if (c->origin_count != 0)
            memcpy(origins, c->origins, c->origin_count * sizeof *origins);
        c->origins = origins;
        c->origin_capacity = capacity;
    }
    if (c->origin_count == 0)
        c->origin_count = 1; /* 0 means none */
    c->origins[c->origin_count].lambda = lambda;
    c->origin_count += 1;
    return c->origin_count - 1;
}

uint32_t li_origin_of_library(Compiler *c, const Node *call)
{
    Lambda *library = ARENA_NEW(c->arena, Lambda);
    uint32_t origin;

    if (library == NULL)
        return 0;
    library->name = value_to_global(call->as.call.procedure->as.global.cell)->name;
    origin = li_origin_new(c, library);
    if (origin == 0)
        return 0;
    c->origins[origin].caller = call->origin;
    c->origins[origin].position = call->position;
    c->origins[origin].replaces = call->is_tail;
    return origin;
}

static Status walk(Compiler *c, Node *node, uint32_t origin, bool is_tail);

static Status walk_lambda(Compiler *c, Lambda *lambda)
{
    lambda->origin = li_origin_new(c, lambda);
    if (lambda->origin == 0)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; i < lambda->clause_count; i += 1)
        TRY(walk(c, lambda->clauses[i].body, lambda->origin, !lambda->keeps_frame));
    return OK;
}

static Status walk(Compiler *c, Node *node, uint32_t origin, bool is_tail)
{
    if (!li_stack_ok())
        return li_too_deep(c, node);
    for (;;) {
        Children parts = li_node_children(node);

        node->origin = origin & MAX_ORIGINS;
        node->is_tail = is_tail && node->kind == NODE_CALL;
        if (node->kind == NODE_LAMBDA)
            TRY(walk_lambda(c, node->as.lambda));
        if (parts.first[0] != NULL)
            TRY(walk(c, *parts.first[0], origin, false));
        if (parts.first[1] != NULL) /* a branch of an IF */
            TRY(walk(c, *parts.first[1], origin, is_tail));
        for (uint32_t i = 0; i < parts.item_count; i += 1)
            TRY(walk(c, parts.items[i], origin, false));
        if (parts.last == NULL)
            return OK;
        node = *parts.last;
    }
}

Status li_pass_origins(Compiler *c, Node *node, bool keeps_frame)
{
    uint32_t origin = li_origin_new(c, NULL);

    return origin == 0 ? ERR_NO_MEMORY : walk(c, node, origin, !keeps_frame);
}
