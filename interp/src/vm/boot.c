/* boot.c - see boot.h. */
#include "vm/boot.h"

#include "lib/tables.h"
#include "syntax/environment.h"
#include "syntax/expander.h"
#include "vm/builtin.h"

Status li_vm_make_port_parameters(Vm *vm, const Value ports[3])
{
    for (int i = 0; i < 3; i += 1) {
        Value *parameter = li_alloc(vm->heap, T_PARAMETER, 0, 2);

        if (parameter == NULL)
            return ERR_NO_MEMORY;
        parameter[0] = ports[i];
        parameter[1] = VALUE_FALSE;
        vm->ports[i] = value_from_object(parameter);
    }
    return OK;
}

static Status define(void *context, const char *name, Value value)
{
    Vm *vm = context;
    Value symbol;

    TRY(li_intern(vm->heap, name, &symbol));
    return li_environment_define_primitive(
        vm->heap, li_expander_primitives(vm->expander), symbol, value);
}

static Status define_table(Vm *vm, const PrimDef *def)
{
    for (; def->name != NULL; def += 1) {
        const PrimDef **object = li_alloc(vm->heap, T_PRIMITIVE, 0, 1);

        if (object == NULL)
            return ERR_NO_MEMORY;
        *object = def;
        TRY(define(vm, def->name, value_from_object(object)));
    }
    return OK;
}

const PrimDef *li_find_primitive(const char *name)
{
    static const PrimDef *const tables[] = {
#define PRIMS(table) table,
#include "lib/prims.def"
#undef PRIMS
    };

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i += 1) {
        for (const PrimDef *def = tables[i]; def->name != NULL; def += 1) {
            if (strcmp(def->name, name) == 0)
                return def;
        }
    }
    UNREACHABLE();
}

Status li_vm_define_primitives(Vm *vm)
{
#define PRIMS(table) TRY(define_table(vm, table));
#include "lib/prims.def"
#undef PRIMS
    return li_builtins_each(vm->heap, li_find_primitive("%spread"), define, vm);
}
