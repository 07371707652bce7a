"""Lambda: errors keep the names that Retry and Catch match, and an update lets a call that is under way end."""

import threading
import time

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from patching import replace, replace_text

# Between an error's name and its message on the worker's one line.
BETWEEN = "\u0001"


def named_errors(execute):
    def run(func, event, request_id):
        answer = execute(func, event, request_id)
        body = answer.get("body")
        if answer.get("error") and isinstance(body, dict) and BETWEEN in str(body.get("errorMessage")):
            name, message = body["errorMessage"].split(BETWEEN, 1)
            answer["body"] = {**body, "errorType": name, "errorMessage": message}
        return answer

    return run


def throttled(respond):
    """Step Functions calls it by this name."""

    def run(*reasons, **more):
        answer = respond(*reasons, **more)
        answer["body"]["errorType"] = "Lambda.TooManyRequestsException"
        return answer

    return run


def after_their_call(kill):
    """New code takes the place of workers; one that is at work finishes first, as on AWS."""

    def end(workers):
        while any(worker.in_use for worker in workers):
            time.sleep(0.1)
        kill(workers)

    def run(workers):
        kill([worker for worker in workers if not worker.in_use])
        busy = [worker for worker in workers if worker.in_use]
        if busy:
            threading.Thread(target=end, args=(busy,), daemon=True).start()

    return run


def patch():
    replace(lambda_runtime, "kill_workers", after_their_call)
    replace(lambda_svc, "_throttle_response", throttled)
    replace_text(
        lambda_runtime,
        "_NODEJS_WORKER_SCRIPT",
        "error: String(err.message || err)",
        "error: (err.name || 'Error') + '\\u0001' + String(err.message || err)",
    )
    replace(lambda_svc, "_execute_function_warm", named_errors)
