/* codegen_where.c - what errors in the code are reported as: position and frames.
 *
 * A frame that is reported need not be one that is there. The code of an inlined procedure
 * runs in its caller's frame, and is reported as a frame of its own with that of the caller
 * below it, unless the call was a tail call; then the caller is not seen any more. So reports do
 * not tell what was inlined. Labels were never shown, and are not here.
 */
#include "compiler/codegen.h"
#include "compiler/hoist.h"
#include "vm/code.h"

/* The origin that `number`, or the label that it is, is part of. */
static uint32_t skip_labels(const Compiler *c, uint32_t number)
{
    while (c->origins[number].is_label && c->origins[number].caller != 0)
        number = c->origins[number].caller;
    return number;
}

/* True if the inlined call that `number` stands for left no frame of its caller. */
static bool leaves_no_frame(const Compiler *c, uint32_t number)
{
    bool replaces = c->origins[number].replaces;
    uint32_t at = c->origins[number].caller;

    for (; replaces && c->origins[at].is_label; at = c->origins[at].caller)
        replaces = c->origins[at].replaces;
    return replaces && at != 0;
}

/* The number of the frame for code that was written in `number`. Inlined calls do not nest
 * deep (MAX_NESTING of inline.c), so neither does this. */
static uint32_t frame_of(Codegen *g, uint32_t number)
{
    const Compiler *c = g->c;
    uint32_t at = skip_labels(c, number), below = at;
    Origin *origin = &c->origins[at];
    UnitFrame frame = {.caller = INLINED_NO_CALLER};

    if (number == 0 || origin->caller == 0)
        return g->own;
    if (origin->procedure == g->lambda)
        return origin->entry;
    frame.name = origin->lambda->name;
    frame.lambda_position = origin->lambda->position;
    while (leaves_no_frame(c, below))
        below = skip_labels(c, c->origins[below].caller);
    if (c->origins[below].caller != 0) {
        frame.position = c->origins[below].position;
        frame.caller = (int32_t)frame_of(g, c->origins[below].caller);
        frame.first = below == at ? 0 : frame_of(g, below);
    }
    origin->procedure = g->lambda;
    origin->entry = li_unit_frame(g, frame);
    return origin->entry;
}

static void move_to(Codegen *g, uint32_t origin, uint64_t position)
{
    const Lambda *lambda = g->c->origins[origin].lambda;

    if (position == 0 && lambda != NULL)
        position = lambda->position;
    g->origin = origin;
    g->dropped = 0;
    g->entry = frame_of(g, origin);
    g->position = position;
}

Where li_where(const Codegen *g)
{
    return (Where){g->position, g->origin, g->entry, g->dropped};
}

void li_return_to_where(Codegen *g, Where where)
{
    g->position = where.position;
    g->origin = where.origin;
    g->entry = where.entry;
    g->dropped = where.dropped;
}

/* Constants and variables that have their values cannot fail. They may be loaded before a loop
 * that they are in, when nobody knows yet where its label will be jumped to from. */
void li_gen_where(Codegen *g, const Node *node)
{
    if (li_node_is_steady(node))
        return;
    if (node->origin != 0 && node->origin != g->origin)
        move_to(g, node->origin, node->position);
    else if (node->position != 0)
        g->position = node->position;
}

/* A tail call is the last thing that its procedure's frame is there for. Where the procedure
 * was inlined, the frame that the call returns to is that of the next one which waits. */
void li_gen_where_called(Codegen *g, const Node *node)
{
    const Origin *origins = g->c->origins;
    uint32_t number = g->origin;
    uint64_t position = 0;
    uint32_t first = 0;
    bool ends_frame = node->is_tail;

    for (; ends_frame && origins[number].caller != 0; number = origins[number].caller) {
        if (!origins[number].is_label) {
            position = origins[number].position;
            first = number;
        } else if (!origins[number].replaces) {
            break;
        }
        ends_frame = origins[number].replaces;
    }
    if (first != 0 && !(ends_frame && origins[number].caller == 0)) {
        move_to(g, number, position);
        g->dropped = frame_of(g, first);
    }
}

void li_gen_label_origin(Codegen *g, const Known *label, const Node *call)
{
    Origin *origins = g->c->origins;
    uint32_t own = label->lambda->origin, from = g->origin;
    bool replaces = call->is_tail;

    if (own == 0 || (origins[own].caller != 0 && !origins[own].is_label))
        return; /* what is called there is known already: values.c */
    if (label->lambda->shows_frame) {
        origins[own].caller = from;
        origins[own].position = call->position;
        origins[own].replaces = replaces;
        return;
    }
    /* Through other labels up to what the FIX was written in. */
    while (replaces && from != label->origin && origins[from].is_label) {
        replaces = origins[from].replaces;
        from = origins[from].caller;
    }
    origins[own].caller = label->origin;
    origins[own].replaces = replaces;
    origins[own].is_label = true;
}
