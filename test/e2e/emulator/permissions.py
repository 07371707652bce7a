"""IAM, where AUTH=true: the functions' roles are enforced, each refusal is told, and whoever deploys may do what they need."""

import json
import logging
from email.utils import parseaddr

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region

import machines
from patching import original, replace

log = logging.getLogger("permissions")
# The roles that cdk bootstrap made: it is the functions that are under test.
DEPLOYING = ":assumed-role/cdk-"
STATE_MACHINE_PARTS = 7
SENDER = "ses:FromAddress"
SENDS_EMAIL = ("ses:SendEmail", "ses:SendRawEmail")
CONFIGURATION_SET = "emulator:ConfigurationSet"


def asked_of(service, resource_arn, context):
    """The resources that AWS asks about, and the keys that it asks with."""
    parts = resource_arn.split(":")
    if service == "states" and len(parts) > STATE_MACHINE_PARTS and parts[5] == "stateMachine":
        # A start on an alias is authorized on the machine, with the alias in a key of its own.
        qualifier = {"states:StateMachineQualifier": [parts[STATE_MACHINE_PARTS]]}
        return [":".join(parts[:STATE_MACHINE_PARTS])], {**context, **qualifier}
    if SENDER in context:
        # An e-mail is asked for on the sender's identity and on the configuration set.
        ses = f"arn:aws:ses:{get_region()}:{get_account_id()}:"
        domain = context[SENDER].partition("@")[2]
        return [f"{ses}identity/{domain}", f"{ses}configuration-set/{context[CONFIGURATION_SET]}"], context
    return [resource_arn], context


def enforced(enforce):
    def run(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        resources, context = asked_of(service, resource_arn, dict(service_context or {}))
        for resource in resources:
            refused = enforce(access_key_id, iam_action, service, region, resource, context)
            who = getattr(refused, "principal_arn", "")
            if refused and DEPLOYING not in who:
                log.warning("refused: %s may not %s on %s", who or refused, iam_action, resource)
                return refused
        return None

    return run


def first(parameters, name):
    value = parameters.get(name, "")
    return value[0] if isinstance(value, list) else value


def with_sender(context_of):
    """SES tells IAM from whom an e-mail is."""

    def run(service, iam_action, body, parameters):
        context = context_of(service, iam_action, body, parameters)
        if iam_action not in SENDS_EMAIL:
            return context
        sender = parseaddr(first(parameters, "Source"))[1]
        return {**context, SENDER: sender, CONFIGURATION_SET: first(parameters, "ConfigurationSetName")}

    return run


def with_owner(resource_of):
    """An answer to a callback is asked for on the machine whose token it is, a schedule in the group that it names."""

    def run(service, method, path, headers, body, parameters, *rest):
        resource = resource_of(service, method, path, headers, body, parameters, *rest)
        if service == "scheduler" and ":schedule/default/" in resource:
            named = json.loads(body).get("GroupName") if body else first(parameters, "groupName")
            return resource.replace(":schedule/default/", f":schedule/{named or 'default'}/")
        if service == "states" and b'"taskToken"' in body:
            return machines.machine_of.get(json.loads(body)["taskToken"], resource)
        return resource

    return run


def patch():
    original(iam_evaluator, "resolve_principal")
    replace(iam_evaluator, "enforce", enforced)
    replace(iam_actions, "request_tag_context", with_sender)
    replace(iam_actions, "extract_resource_arn", with_owner)
