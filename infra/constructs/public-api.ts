import { CfnOutput } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  CfnBasePathMapping,
  CfnDomainName,
  CfnRestApi,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { noteOperations } from '../../functions/contracts/api/notes.ts';
import { METRICS_NAMESPACE } from '../../functions/contracts/watching.ts';
import type { Names } from '../names.ts';
import type { Deployment } from '../settings/read-settings.ts';
import { fixed } from './fixed.ts';
import { GatewayLogs } from './gateway-logs.ts';
import type { HouseFunction } from './house-function.ts';

/** TLS 1.2 and 1.3 with forward secrecy; the default of a regional API still takes TLS 1.0. */
const SECURITY = { securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', endpointAccessMode: 'STRICT' };

/** Requests a second, and at once; some ten times what a clinic of thirty people asks for. */
const THROTTLE = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** What is written down of each request: no address of who asks, no path (it may hold the id of a link), no query, no header, no body. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    stage: '$context.stage',
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    resource: '$context.resourcePath',
    status: '$context.status',
    refusedBy: '$context.error.responseType',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    tls: '$context.tlsVersion',
    trace: '$context.xrayTraceId',
  }),
);

/** Statuses that are counted from the access log, by the metric that alarms look at. */
export const COUNTED = { RefusedTokens: '401', ThrottledRequests: '429' } as const;

/** Answers of the gateway itself, in the form of the API's own. */
const PROBLEM = '{"type":"about:blank","title":$context.error.messageString}';

export type PublicApiProps = {
  readonly names: Names;
  readonly deployment: Deployment;
  /** The function that answers every other request. */
  readonly answeredBy: HouseFunction;
  /** The function that answers requests for psychotherapy notes. */
  readonly notesAnsweredBy: HouseFunction;
  readonly key: Key;
};

/** The way in from outside: every path goes to one function, which knows what there is and who may have it; psychotherapy notes to another. */
export class PublicApi extends Construct {
  readonly api: RestApi;
  readonly stageArn: string;

  constructor(scope: Construct, { names, deployment, answeredBy, notesAnsweredBy, key }: PublicApiProps) {
    super(scope, 'PublicApi');
    const logs = this.logGroup('ApiAccessLogs', `/aws/apigateway/${names.api}`, deployment, key);
    this.api = new RestApi(this, 'Api', {
      restApiName: names.api,
      endpointTypes: [EndpointType.REGIONAL],
      disableExecuteApiEndpoint: deployment.api.domain !== undefined,
      cloudWatchRole: false,
      deployOptions: {
        stageName: names.stage,
        ...THROTTLE,
        tracingEnabled: true,
        metricsEnabled: true,
        // At the level of INFO each request's path would be in it.
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(logs),
        accessLogFormat: ACCESS_LOG,
      },
    });
    fixed(this.api, 'Api');
    const resource = this.api.node.defaultChild;
    if (resource instanceof CfnRestApi) Object.assign(resource, SECURITY);
    this.stageArn = this.api.deploymentStage.stageArn;
    this.answer(answeredBy);
    this.answerNotes(notesAnsweredBy);
    this.logGroup(
      'ApiExecutionLogs',
      `API-Gateway-Execution-Logs_${this.api.restApiId}/${names.stage}`,
      deployment,
      key,
    );
    this.api.deploymentStage.node.addDependency(new GatewayLogs(this, names));
    this.leaveLinksOutOfTraces(names);
    this.count(logs);
    this.name(deployment);
  }

  private answer({ lambda }: HouseFunction): void {
    const integration = new LambdaIntegration(lambda, { allowTestInvoke: false });
    this.api.root.addMethod('ANY', integration);
    this.api.root.addProxy({ anyMethod: true, defaultIntegration: integration });
    for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX])
      this.api.addGatewayResponse(type.responseType, {
        type,
        responseHeaders: { 'Content-Type': "'application/problem+json'", 'Cache-Control': "'no-store'" },
        templates: { 'application/json': PROBLEM },
      });
  }

  /** A path of the resources below goes to the more exact of them; what they leave out falls back to the function of all. */
  private answerNotes({ lambda }: HouseFunction): void {
    const integration = new LambdaIntegration(lambda, { allowTestInvoke: false });
    const notes = this.api.root.resourceForPath(noteOperations['list-notes'].path);
    notes.addMethod('ANY', integration);
    notes.addProxy({ anyMethod: true, defaultIntegration: integration });
  }

  private logGroup(id: string, logGroupName: string, { retention }: Deployment, encryptionKey: Key): LogGroup {
    const group = new LogGroup(this, id, { logGroupName, retention: retention.logs, encryptionKey });
    fixed(group, id);
    return group;
  }

  /** A trace holds the address that was asked for, and the address of a link is the key to it. */
  private leaveLinksOutOfTraces(names: Names): void {
    new CfnSamplingRule(this, 'Links', {
      samplingRule: {
        ruleName: names.rule('links'),
        version: 1,
        priority: 1,
        fixedRate: 0,
        reservoirSize: 0,
        serviceName: `${names.api}/${names.stage}`,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*/l/*',
        resourceArn: '*',
      },
    });
  }

  /** What alarms look at and the gateway does not measure by itself. */
  private count(logGroup: LogGroup): void {
    for (const [metricName, status] of Object.entries(COUNTED))
      new MetricFilter(this, metricName, {
        logGroup,
        metricName,
        metricNamespace: METRICS_NAMESPACE,
        filterPattern: FilterPattern.stringValue('$.status', '=', status),
        dimensions: { Stage: '$.stage' },
      });
  }

  /** The clinic's own name for it, where it has one. */
  private name({ api: { domain } }: Deployment): void {
    if (domain === undefined) return;
    const name = new CfnDomainName(this, 'Domain', {
      domainName: domain.name,
      regionalCertificateArn: domain.certificate,
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      ...SECURITY,
    });
    fixed(name, 'ApiDomain');
    new CfnBasePathMapping(this, 'Mapping', {
      domainName: name.ref,
      restApiId: this.api.restApiId,
      stage: this.api.deploymentStage.stageName,
    });
    new CfnOutput(this, 'Address', { value: `https://${domain.name}` });
    new CfnOutput(this, 'Record', { value: `${domain.name} CNAME ${name.attrRegionalDomainName}` });
  }
}
