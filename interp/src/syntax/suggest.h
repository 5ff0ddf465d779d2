/* suggest.h - which of many names was meant by one that nobody knows. */
#ifndef LI_SYNTAX_SUGGEST_H
#define LI_SYNTAX_SUGGEST_H

#include "containers/text.h"

/* Holds bare values: nothing may be collected while a suggestion is looked for. */
typedef struct Suggestion {
    const Text *wanted;
    const Text *closest; /* NULL: none is near */
    Value stands_for;    /* what was considered with it */
    uint32_t distance;   /* of closest; at first, one more than what is still near */
} Suggestion;

/* False if nothing can be near `symbol`: it is too short or too long, or no symbol. */
bool li_suggestion_begin(Suggestion *suggestion, Value symbol);
/* `name` is one that there is; anything but a symbol is passed over. */
void li_suggestion_consider(Suggestion *suggestion, Value name, Value stands_for);

#endif /* LI_SYNTAX_SUGGEST_H */
