"""What carriers report of an e-mail or a text, and AWS End User Messaging, which the emulator does not know."""

import contextvars
import json
import threading

from ministack import app
from ministack.core import router
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, new_uuid
from ministack.services import eventbridge, ses, sns

from patching import original, replace

# Seconds from sending to the carrier's report.
REPORT_AFTER = 0.5

# Where the reports of an SMS configuration set go: its name -> ARN of a topic.
report_topics = {}


def later(report, *arguments):
    """Runs as whoever asked, since the account and region of a request are kept in the context."""
    timer = threading.Timer(REPORT_AFTER, contextvars.copy_context().run, (report, *arguments))
    timer.daemon = True
    timer.start()


def report_email(configuration_set, tags, recipients):
    tags = {**{name: [value] for name, value in tags.items()}, "ses:configuration-set": [configuration_set]}
    for event, detail_type in (("Send", "Email Sent"), ("Delivery", "Email Delivered")):
        detail = {"eventType": event, "mail": {"destination": recipients, "tags": tags}}
        entry = {"Source": "aws.ses", "DetailType": detail_type, "Detail": json.dumps(detail)}
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def tags_of(parameters):
    named = {}
    for number in range(1, 51):
        name = ses._p(parameters, f"Tags.member.{number}.Name")
        if not name:
            return named
        named[name] = ses._p(parameters, f"Tags.member.{number}.Value")
    return named


def reported_to(recipients_in):
    """SES tells the default bus what became of an e-mail of a configuration set; whom it goes to stands in that list of the request."""

    def reported(send):
        def run(parameters):
            answer = send(parameters)
            configuration_set = ses._p(parameters, "ConfigurationSetName")
            if answer[0] == 200 and configuration_set:
                recipients = ses._collect_list(parameters, recipients_in)
                later(report_email, configuration_set, tags_of(parameters), recipients)
            return answer

        return run

    return reported


def report_text(topic, message_id, request):
    event = {
        "eventType": "TEXT_DELIVERED",
        "isFinal": True,
        "messageId": message_id,
        "destinationPhoneNumber": request["DestinationPhoneNumber"],
        "context": request.get("Context", {}),
    }
    sns.publish_internal(topic, json.dumps(event))


def configuration_set_arn(name):
    return f"arn:aws:sms-voice:{get_region()}:{get_account_id()}:configuration-set/{name}"


async def send_text(_method, _path, headers, body, query):
    """SendTextMessage of AWS End User Messaging; texts are read back where the emulator keeps those of SNS."""
    if not headers.get("x-amz-target", "").endswith(".SendTextMessage"):
        return error_response_json("ValidationException", "Only SendTextMessage is here", 400)
    request = json.loads(body)
    for resource in (request["OriginationIdentity"], configuration_set_arn(request["ConfigurationSetName"])):
        refused = app._enforce_data_plane("sms-voice", "sms-voice:SendTextMessage", headers, query, "", resource)
        if refused:
            return refused
    number, message_id = request["DestinationPhoneNumber"], new_uuid()
    sns._sms_log_for(number).append(
        {"PhoneNumber": number, "MessageId": message_id, "Message": request["MessageBody"]}
    )
    topic = report_topics.get(request["ConfigurationSetName"])
    if topic:
        later(report_text, topic, message_id, request)
    return json_response({"MessageId": message_id})


def patch():
    for module, name in (
        (app, "_enforce_data_plane"),
        (eventbridge, "_put_events"),
        (ses, "_p"),
        (ses, "_collect_list"),
        (sns, "_sms_log_for"),
        (sns, "publish_internal"),
    ):
        original(module, name)
    replace(ses, "_send_email", reported_to("Destination.ToAddresses.member"))
    # An e-mail with a calendar file.
    replace(ses, "_send_raw_email", reported_to("Destinations.member"))
    original(router, "SERVICE_PATTERNS")["sms-voice"] = {"target_prefixes": ["PinpointSMSVoiceV2."]}
    original(app, "SERVICE_HANDLERS")["sms-voice"] = send_text
