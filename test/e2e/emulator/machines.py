"""Step Functions: what the emulator leaves out of callbacks, nested executions, Parallel, Choice and Succeed."""

import contextvars
import copy
import json
import threading
import time
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from ministack.services import stepfunctions as sfn

from patching import original, replace

CALLBACK = ".waitForTaskToken"
YEAR = 365 * 24 * 3600

# Tokens whose task has ended; a late answer to one is TaskTimedOut, not TaskDoesNotExist.
ended_tokens = set()
# Whose a token is: the ARN of the machine.
machine_of = {}
# Told at each end of an execution.
endings = threading.Condition()


def timed(execute):
    """TimeoutSeconds may be an expression."""

    def run(state, given, execution, ctx):
        if isinstance(state.get("TimeoutSeconds"), str):
            seconds = sfn._jsonata_state_field(state, "TimeoutSeconds", "number", given, ctx)
            state = {**state, "TimeoutSeconds": seconds}
        return execute(state, given, execution, ctx)

    return run


def tokened(evaluate):
    """Each attempt at a callback has a token of its own."""

    def run(state, given, ctx=None):
        if CALLBACK in state.get("Resource", ""):
            ctx["Task"] = {"Token": sfn.new_uuid()}
            machine_of[ctx["Task"]["Token"]] = ctx["StateMachine"]["Id"]
        return evaluate(state, given, ctx)

    return run


def callback(_):
    """Calls the function, fails where it fails, and waits for the answer no longer than the timeout."""

    def run(resource, given, token, state):
        waiting = {"event": threading.Event(), "result": None, "error": None, "heartbeat": None}
        sfn._task_tokens[token] = waiting
        until = time.monotonic() + state.get("TimeoutSeconds", YEAR)
        try:
            sfn._call_lambda(sfn._resolve_lambda_function_ref(given["FunctionName"], optimized=True), given["Payload"])
            answered = waiting["event"].wait(timeout=max(0.0, until - time.monotonic()))
        except sfn._ExecutionError:
            # Who was answered before the function failed has been answered.
            answered = waiting["event"].is_set()
            if not answered:
                raise
        finally:
            sfn._task_tokens.pop(token, None)
            ended_tokens.add(token)
        if not answered:
            raise sfn._ExecutionError("States.Timeout", "Nobody answered in time")
        if waiting["error"]:
            raise sfn._ExecutionError(waiting["error"]["Error"], waiting["error"]["Cause"])
        return json.loads(waiting["result"])

    return run


def answer_once(send):
    """The first answer counts; a later one hears that the task has ended."""

    def run(data):
        token = data.get("taskToken")
        waiting = sfn._task_tokens.get(token)
        if token in ended_tokens or (waiting and waiting["event"].is_set()):
            return sfn.error_response_json("TaskTimedOut", "The task has ended", 400)
        return send(data)

    return run


def started_once(start):
    """The same start again is the same execution while it runs."""

    def run(data):
        machine = sfn._state_machines.get(sfn._resolve_state_machine_arn(data.get("stateMachineArn", "")))
        if machine:
            arn = machine["stateMachineArn"].replace(":stateMachine:", ":execution:") + ":" + data.get("name", "")
            same = sfn._executions.get(arn)
            if same and same["status"] == "RUNNING" and same["input"] == data.get("input", "{}"):
                return sfn.json_response({"executionArn": arn, "startDate": same["startDate"]})
        return start(data)

    return run


def telling(emit):
    def run(execution):
        emit(execution)
        with endings:
            endings.notify_all()

    return run


def nested(_):
    """Starts a child as anybody would, through its alias, and waits for its end; a failed child is States.TaskFailed."""

    def run(resource, given):
        status, _headers, body = sfn._start_execution(sfn._nested_start_execution_request(given))
        answer = json.loads(body)
        if status >= 400:
            name = "StepFunctions." + answer["__type"].split("#")[-1]
            raise sfn._ExecutionError(name if name.endswith("Exception") else name + "Exception", answer["message"])
        child = sfn._executions[answer["executionArn"]]
        with endings:
            endings.wait_for(lambda: child["status"] != "RUNNING")
        told = {key[0].upper() + key[1:]: child[key] for key in ("executionArn", "input", "name", "status", "stateMachineArn")}
        if child["status"] != "SUCCEEDED":
            raise sfn._ExecutionError("States.TaskFailed", json.dumps(told))
        return {**told, "Output": json.loads(child["output"])}

    return run


def parallel(_):
    """Each branch has its own context and the state's Arguments; the first that fails fails the state."""

    def run(state, given, execution, ctx):
        effective = sfn._apply_jsonata_arguments(state, given, ctx)
        branches = state["Branches"]
        pool = ThreadPoolExecutor(max_workers=len(branches))
        running = [
            pool.submit(
                contextvars.copy_context().run,
                sfn._run_sub_machine,
                branch["States"],
                branch["StartAt"],
                effective,
                execution,
                copy.deepcopy(ctx),
            )
            for branch in branches
        ]
        pool.shutdown(wait=False)
        for branch in wait(running, return_when=FIRST_EXCEPTION).done:
            branch.result()
        results = [branch.result() for branch in running]
        output = sfn._apply_jsonata_output(state, given, ctx, result=results, default=results)
        sfn._apply_state_assign(state, given, ctx, result=results)
        return output, sfn._next_or_end(state)

    return run


def choice(_):
    """The Output of a Choice counts where it falls through to Default."""

    def run(state, given, ctx=None):
        for rule in state["Choices"]:
            if sfn._evaluate_jsonata_choice_rule(rule, given, ctx):
                output = sfn._apply_jsonata_output(rule, given, ctx, default=given)
                sfn._apply_state_assign(rule, given, ctx)
                return output, rule["Next"]
        if "Default" not in state:
            raise sfn._ExecutionError("States.NoChoiceMatched", "No rule matched and there is no Default")
        output = sfn._apply_jsonata_output(state, given, ctx, default=given)
        sfn._apply_state_assign(state, given, ctx)
        return output, state["Default"]

    return run


def succeed(apply):
    """Succeed has an Output too."""

    def run(state, data, ctx=None):
        if state.get("Type") == "Succeed" and sfn._state_query_language(state, ctx) == "JSONata":
            return sfn._apply_jsonata_output(state, data, ctx, default=data)
        return apply(state, data, ctx)

    return run


def patch():
    for name in ("_task_tokens", "_executions", "_state_machines", "_ExecutionError", "_call_lambda", "new_uuid"):
        original(sfn, name)
    for name in ("_resolve_lambda_function_ref", "_resolve_state_machine_arn", "_nested_start_execution_request"):
        original(sfn, name)
    for name in ("_run_sub_machine", "_apply_jsonata_output", "_apply_state_assign", "_jsonata_state_field"):
        original(sfn, name)
    for name in ("_evaluate_jsonata_choice_rule", "_state_query_language", "_next_or_end", "error_response_json"):
        original(sfn, name)
    replace(sfn, "_execute_task", timed)
    replace(sfn, "_apply_jsonata_arguments", tokened)
    replace(sfn, "_invoke_with_callback", callback)
    replace(sfn, "_send_task_success", answer_once)
    replace(sfn, "_send_task_failure", answer_once)
    replace(sfn, "_start_execution", started_once)
    replace(sfn, "_emit_execution_status_event", telling)
    replace(sfn, "_invoke_nested_start_execution_sync", nested)
    replace(sfn, "_run_parallel_branches", parallel)
    replace(sfn, "_execute_choice", choice)
    replace(sfn, "_apply_output_path", succeed)
