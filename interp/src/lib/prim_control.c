/* prim_control.c - procedures, values, parameters and the dynamic state. */
#include <stdlib.h>

#include "containers/text.h"
#include "lib/args.h"
#include "types/port.h"
#include "vm/condition.h"
#include "vm/vm.h"

/* T_PARAMETER */
typedef struct Parameter {
    Value value;
    Value converter; /* procedure or #f */
} Parameter;

/* The last field of the vectors in the list of winders, which stdlib's control/wind.scm shows. */
enum { WINDER_DEPTH = 3 };

static Status procedure_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_is_procedure(args.at[0]));
    return OK;
}

static Status values(Vm *vm, Args args, Value *result)
{
    return li_vm_values(vm, args.at, args.count, result);
}

/* (x y (z ...)) as the argument list of apply gives (x y z ...): the last element is the tail.
 * The list is the rest argument of the call, new, so it may change. */
static Status spread(Vm *vm, Args args, Value *result)
{
    Value list = args.at[0], before = VALUE_FALSE;

    if (!value_is_pair(list))
        return li_raise(vm, CONDITION_ARITY, VALUE_NIL,
                        "apply: expected at least 2 arguments, got 1; it is"
                        " (apply proc arg ... list)");
    for (; value_is_pair(pair_cdr(list)); list = pair_cdr(list))
        before = list;
    if (value_is_pair(before)) {
        Pair *pair = value_to_pair(before);

        li_store(li_vm_heap(vm), pair, &pair->cdr, pair_car(list));
        *result = args.at[0];
    } else {
        *result = pair_car(list);
    }
    return OK;
}

/* ---- Parameters ---- */

static NO_INLINE Status arg_parameter(Vm *vm, const char *who, Args args,
                                      Parameter **parameter)
{
    if (!value_has_type(args.at[0], T_PARAMETER))
        return li_raise_type(vm, who, 0, "a parameter", args.at[0]);
    *parameter = value_to_object(args.at[0]);
    return OK;
}

static Status make_parameter(Vm *vm, Args args, Value *result)
{
    Parameter *parameter = li_alloc(vm->heap, T_PARAMETER, 0, 2);

    if (parameter == NULL)
        return ERR_NO_MEMORY;
    *parameter = (Parameter){args.at[0], args.at[1]};
    *result = value_from_object(parameter);
    return OK;
}

static Status parameter_p(Vm *vm UNUSED, Args args, Value *result)
{
    *result = value_from_bool(value_has_type(args.at[0], T_PARAMETER));
    return OK;
}

static Status parameter_value(Vm *vm, Args args, Value *result)
{
    Parameter *parameter;

    TRY(arg_parameter(vm, "%parameter-value", args, &parameter));
    *result = parameter->value;
    return OK;
}

/* A binding is a pair of a parameter and a value; both exchange values, in order. */
static Status exchange_parameters(Vm *vm, Args args, Value *result)
{
    uint64_t length;

    TRY(li_arg_list(vm, "%exchange-parameters!", args, 0, &length));
    for (Value rest = args.at[0]; value_is_pair(rest); rest = pair_cdr(rest)) {
        Value binding = pair_car(rest), old;
        Parameter *parameter;
        Pair *pair;

        if (!value_is_pair(binding) || !value_has_type(pair_car(binding), T_PARAMETER))
            return li_raise_type(vm, "%exchange-parameters!", 0, "a list of bindings",
                                 args.at[0]);
        pair = value_to_pair(binding);
        parameter = value_to_object(pair->car);
        old = parameter->value;
        li_store(vm->heap, parameter, &parameter->value, pair->cdr);
        li_store(vm->heap, pair, &pair->cdr, old);
    }
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status parameter_converter(Vm *vm, Args args, Value *result)
{
    Parameter *parameter;

    TRY(arg_parameter(vm, "%parameter-converter", args, &parameter));
    *result = parameter->converter;
    return OK;
}

static Status current_port(Vm *vm, Args args, Value *result)
{
    uint64_t which;

    TRY(li_arg_index(vm, "%current-port-parameter", args, 0, 2, &which));
    *result = vm->ports[which];
    return OK;
}

/* The current ports are parameters without a converter of their own: what parameterize gives
 * them is checked here. */
static Status check_port(Vm *vm, Args args, Value *result)
{
    Value v = args.at[1], irritants;
    bool is_input = value_is_eq(args.at[0], vm->ports[0]);
    bool is_output =
        value_is_eq(args.at[0], vm->ports[1]) || value_is_eq(args.at[0], vm->ports[2]);

    if ((is_input && !(value_is_port(v) && li_port_is_input(li_port_of(v))))
        || (is_output && !(value_is_port(v) && li_port_is_output(li_port_of(v))))) {
        TRY(li_cons(vm->heap, v, VALUE_NIL, &irritants));
        return li_raise(vm, CONDITION_TYPE, irritants,
                        "parameterize: expected an %s port, got",
                        is_input ? "input" : "output");
    }
    *result = v;
    return OK;
}

/* ---- The dynamic state ---- */

static Status winders(Vm *vm, Args args UNUSED, Value *result)
{
    *result = vm->winders;
    return OK;
}

static Status set_winders(Vm *vm, Args args, Value *result)
{
    vm->winders = args.at[0];
    *result = VALUE_UNSPECIFIED;
    return OK;
}

/* How many winders there are, as the innermost knows. Whoever sets the list to anything else
 * than winders gets 0. */
static int64_t winders_depth(Value list)
{
    Value depth;

    if (!value_is_pair(list) || !value_is_vector(pair_car(list))
        || vector_length(pair_car(list)) <= WINDER_DEPTH)
        return 0;
    depth = vector_items(pair_car(list))[WINDER_DEPTH];
    return value_is_fixnum(depth) ? value_to_fixnum(depth) + 1 : 0;
}

static Status push_winder(Vm *vm, Args args, Value *result)
{
    Value outer = vm->winders, winder;
    Value fields[] = {args.at[0], args.at[1], vm->handlers,
                      value_from_fixnum(winders_depth(outer))};

    TRY(li_vector_from(vm->heap, fields, sizeof fields / sizeof fields[0], &winder));
    TRY(li_cons(vm->heap, winder, outer, &vm->winders));
    *result = outer;
    return OK;
}

static Status handlers(Vm *vm, Args args UNUSED, Value *result)
{
    *result = vm->handlers;
    return OK;
}

static Status set_handlers(Vm *vm, Args args, Value *result)
{
    vm->handlers = args.at[0];
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status set_signal_handler(Vm *vm, Args args, Value *result)
{
    if (!value_is_closure(args.at[0]))
        return li_raise_type(vm, "%set-signal-handler!", 0, "a procedure", args.at[0]);
    vm->signal_handler = args.at[0];
    *result = VALUE_UNSPECIFIED;
    return OK;
}

static Status uncaught(Vm *vm, Args args, Value *result UNUSED)
{
    vm->condition = args.at[0];
    vm->uncaught = true;
    return ERR_RAISED;
}

/* #t and no argument are success, #f is failure, an integer from 0 to 255 is itself. One that
 * no exit status can be is failure too, and never success by accident. */
static Status emergency_exit(Vm *vm, Args args, Value *result UNUSED)
{
    Value v = args.count > 0 ? args.at[0] : VALUE_TRUE;
    int code = 1;

    if (value_is_fixnum(v))
        code = v.bits >> 2 <= 255 ? (int)value_to_fixnum(v) : 255;
    else if (value_is_eq(v, VALUE_TRUE))
        code = 0;
    li_vm_set_exit(vm, code);
    return ERR_EXIT;
}

const PrimDef li_control_prims[] = {
    {"procedure?", procedure_p, 1, 1, "(procedure? obj)", "True if obj can be called."},
    {"values", values, 0, PRIM_ANY, "(values obj ...)",
     "Returns its arguments, as many as there are, to a continuation that takes them."},
    {"%spread", spread, 1, 1, "(%spread list)",
     "The last element of list, which is a list, takes the place of its last pair."},
    {"%make-parameter", make_parameter, 2, 2, "(%make-parameter value converter)",
     "A new parameter object. converter is a procedure or #f; value is converted already."},
    {"parameter?", parameter_p, 1, 1, "(parameter? obj)",
     "True if obj is a parameter object."},
    {"%parameter-value", parameter_value, 1, 1, "(%parameter-value parameter)",
     "What the parameter returns now."},
    {"%exchange-parameters!", exchange_parameters, 1, 1, "(%exchange-parameters! bindings)",
     "bindings is a list of pairs of a parameter and a value. Each parameter gets the value "
     "beside it, which gives way to what the parameter returned before."},
    {"%parameter-converter", parameter_converter, 1, 1,
     "(%parameter-converter parameter)", "The converter, or #f."},
    {"%current-port-parameter", current_port, 1, 1, "(%current-port-parameter which)",
     "The parameter of the current input (0), output (1) or error (2) port."},
    {"%check-port", check_port, 2, 2, "(%check-port parameter obj)",
     "obj; an error if parameter is a current port and obj is no such port."},
    {"%winders", winders, 0, 0, "(%winders)",
     "The winders in effect, innermost first."},
    {"%push-winder!", push_winder, 2, 2, "(%push-winder! before after)",
     "Puts a new winder before those in effect, which it returns."},
    {"%set-winders!", set_winders, 1, 1, "(%set-winders! list)", "Sets them."},
    {"%handlers", handlers, 0, 0, "(%handlers)",
     "The exception handlers in effect, innermost first."},
    {"%set-handlers!", set_handlers, 1, 1, "(%set-handlers! list)", "Sets them."},
    {"%set-signal-handler!", set_signal_handler, 1, 1, "(%set-signal-handler! proc)",
     "Makes proc the procedure that is called with the condition of an error that the machine "
     "finds. It must not return."},
    {"%uncaught", uncaught, 1, 1, "(%uncaught obj)",
     "Ends the run with obj as an exception that nobody handled."},
    {"%emergency-exit", emergency_exit, 0, 1, "(%emergency-exit [status])",
     "Ends the program at once."},
    {0},
};
