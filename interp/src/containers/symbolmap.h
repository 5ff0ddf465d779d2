/* symbolmap.h - interned symbols, held weakly.
 *
 * Same name, same symbol. A symbol that nothing else refers to is dropped by a full
 * collection. Names are immutable texts.
 */
#ifndef LI_CONTAINERS_SYMBOLMAP_H
#define LI_CONTAINERS_SYMBOLMAP_H

#include "containers/text.h"

typedef struct Symbol {
    Value name; /* immutable text */
    Value hash; /* fixnum, of the name; of the serial number if uninterned */
} Symbol;

ALWAYS_INLINE bool value_is_symbol(Value v)
{
    return value_has_type(v, T_SYMBOL);
}

ALWAYS_INLINE Symbol *value_to_symbol(Value v)
{
    return value_to_object(v);
}

ALWAYS_INLINE Text *symbol_text(Value v)
{
    return value_to_text(value_to_symbol(v)->name);
}

typedef struct SymbolMap SymbolMap;

MUST_CHECK Status li_symbolmap_new(Heap *heap, SymbolMap **result);
void li_symbolmap_free(SymbolMap *map);
/* The symbol with that name; a NUL-terminated UTF-8 string. */
MUST_CHECK Status li_intern(Heap *heap, const char *name, Value *symbol);
MUST_CHECK Status li_intern_bytes(Heap *heap, const char *utf8, size_t bytes,
                                  Value *symbol);
MUST_CHECK Status li_intern_text(Heap *heap, const Text *name, Value *symbol);
/* A symbol that is not interned, different from every other. */
MUST_CHECK Status li_symbol_uninterned(Heap *heap, Value name_text, Value *symbol);
bool li_symbol_is_interned(Heap *heap, Value symbol);
uint64_t li_symbolmap_count(const SymbolMap *map);
/* Calls fn for each symbol; fn must not intern. For completion and suggestions. */
void li_symbolmap_each(const SymbolMap *map, void (*fn)(Value symbol, void *context),
                       void *context);

#endif /* LI_CONTAINERS_SYMBOLMAP_H */
