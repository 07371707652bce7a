"""CloudFormation types that the emulator refuses: state machine versions and aliases work, the others are kept as names."""

import json

from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import stepfunctions as sfn
from ministack.services.cloudformation import provisioners

import carriers
from patching import original


def arn(service, resource):
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"


def answered(answer):
    """The body of an answer, or its refusal as CloudFormation tells it."""
    status, _headers, body = answer
    if status >= 400:
        raise ValueError(body.decode() if isinstance(body, bytes) else body)
    return json.loads(body)


def kept(service, prefix, name_property):
    """A resource that is known by its name alone."""

    def create(logical_id, properties, stack_name):
        name = properties.get(name_property) or f"{stack_name}-{logical_id}"
        return name, {"Arn": arn(service, prefix + name), "Name": name}

    return {"create": create, "delete": lambda physical_id, properties: None}


def create_pool(_logical_id, _properties, _stack_name):
    name = f"pool-{new_uuid().replace('-', '')}"
    return name, {"Arn": arn("sms-voice", f"pool/{name}"), "PoolId": name}


def create_sms_configuration_set(_logical_id, properties, _stack_name):
    name = properties["ConfigurationSetName"]
    for destination in properties.get("EventDestinations", []):
        topic = destination.get("SnsDestination", {}).get("TopicArn")
        if topic:
            carriers.report_topics[name] = topic
    return name, {"Arn": arn("sms-voice", f"configuration-set/{name}")}


def create_version(_logical_id, properties, _stack_name):
    request = {"stateMachineArn": properties["StateMachineArn"], "revisionId": properties.get("StateMachineRevisionId")}
    version = answered(sfn._publish_state_machine_version(request))["stateMachineVersionArn"]
    return version, {"Arn": version}


def put_alias(_logical_id, properties, _stack_name):
    version = properties["DeploymentPreference"]["StateMachineVersionArn"]
    name = properties["Name"]
    alias = f"{version.rsplit(':', 1)[0]}:{name}"
    routing = [{"stateMachineVersionArn": version, "weight": 100}]
    if alias in sfn._state_machine_aliases:
        answered(sfn._update_state_machine_alias({"stateMachineAliasArn": alias, "routingConfiguration": routing}))
    else:
        answered(sfn._create_state_machine_alias({"name": name, "routingConfiguration": routing}))
    return alias, {"Arn": alias}


def delete_alias(physical_id, _properties):
    sfn._delete_state_machine_alias({"stateMachineAliasArn": physical_id})


def without_arithmetic(create):
    """An alarm over several metrics is kept by its name: the emulator rings none of them anyway."""
    by_name = kept("cloudwatch", "alarm:", "AlarmName")["create"]

    def run(logical_id, properties, stack_name):
        return (by_name if "Metrics" in properties else create)(logical_id, properties, stack_name)

    return run


def with_dkim(create):
    """A domain's identity says which DNS records prove it."""

    def run(logical_id, properties, stack_name):
        name, attributes = create(logical_id, properties, stack_name)
        for number in (1, 2, 3):
            attributes[f"DkimDNSTokenName{number}"] = f"token{number}._domainkey.{name}"
            attributes[f"DkimDNSTokenValue{number}"] = f"token{number}.dkim.amazonses.com"
        return name, attributes

    return run


def by_arn(secret):
    """A reference to a secret is its ARN, not its name; the ARN ends in six letters that the name has not."""

    def name_of(physical_id):
        return physical_id.partition(":secret:")[2].rpartition("-")[0]

    def create(*parts):
        _name, attributes = secret["create"](*parts)
        return attributes["Arn"], attributes

    def update(physical_id, *parts, **more):
        _name, attributes = secret["update"](name_of(physical_id), *parts, **more)
        return attributes["Arn"], attributes

    def delete(physical_id, properties):
        secret["delete"](name_of(physical_id), properties)

    return {**secret, "create": create, "update": update, "delete": delete}


def keep(_physical_id, _properties):
    """Versions and pools stay; the emulator goes with the run."""


TYPES = {
    "AWS::Backup::BackupSelection": kept("backup", "selection/", "SelectionName"),
    "AWS::Budgets::Budget": kept("budgets", "budget/", "BudgetName"),
    "AWS::CloudTrail::Trail": kept("cloudtrail", "trail/", "TrailName"),
    "AWS::Events::Archive": kept("events", "archive/", "ArchiveName"),
    "AWS::SES::Template": kept("ses", "template/", "TemplateName"),
    "AWS::SMSVOICE::ConfigurationSet": {"create": create_sms_configuration_set, "delete": keep},
    "AWS::SMSVOICE::OptOutList": kept("sms-voice", "opt-out-list/", "OptOutListName"),
    "AWS::SMSVOICE::Pool": {"create": create_pool, "delete": keep},
    "AWS::StepFunctions::StateMachineAlias": {"create": put_alias, "delete": delete_alias},
    "AWS::StepFunctions::StateMachineVersion": {"create": create_version, "delete": keep},
    "AWS::WAFv2::LoggingConfiguration": kept("wafv2", "logging/", "ResourceArn"),
    "AWS::WAFv2::WebACLAssociation": kept("wafv2", "association/", "ResourceArn"),
    "AWS::XRay::SamplingRule": kept("xray", "sampling-rule/", "RuleName"),
}


def patch():
    for name in ("_publish_state_machine_version", "_create_state_machine_alias", "_update_state_machine_alias"):
        original(sfn, name)
    for name in ("_delete_state_machine_alias", "_state_machine_aliases"):
        original(sfn, name)
    handlers = original(provisioners, "_RESOURCE_HANDLERS")
    # What a newer emulator has learned is left to it.
    for name, handler in TYPES.items():
        handlers.setdefault(name, handler)
    for name, wrap in (("AWS::CloudWatch::Alarm", without_arithmetic), ("AWS::SES::EmailIdentity", with_dkim)):
        handlers[name]["create"] = wrap(handlers[name]["create"])
    handlers["AWS::SecretsManager::Secret"] = by_arn(handlers["AWS::SecretsManager::Secret"])
