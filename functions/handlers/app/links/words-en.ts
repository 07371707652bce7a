import type { Words } from './words.ts';

const SCREENING = {
  text: 'Please answer what you know, and leave out what you do not. A clinician goes through the rest with you on the telephone.',
  next: { answered: 'A clinician will call you and go through the questions that are left.' },
  answers: { answered: 'These are my answers', refused: 'I do not want to answer, and do not want to go on' },
  showsHelp: true,
};

export const english: Words = {
  prove: {
    title: 'Something is waiting for your answer',
    text: 'So that nobody else reads it, please give your date of birth first.',
    bornOn: 'Your date of birth',
    button: 'Continue',
  },
  wrongDate: 'This is not the date that we have for you. Please try again.',
  choose: 'Your answer',
  send: 'Send my answer',
  thanks: 'Thank you, your answer has arrived.',
  yourAnswer: 'You answered:',
  more: 'There is one more thing for you.',
  due: 'Please answer by',
  call: 'You can also call us:',
  refused: 'Your answer could not be taken. Please look at it once more, or call us.',
  again: 'For your safety the page was open for half an hour only. Please give your date of birth once more.',
  tooMany: { title: 'Please wait a while', text: 'There were too many tries. Please come back later, or call us.' },
  standing: {
    unknown: {
      title: 'This link does not work',
      text: 'It may be old, or a part of it is missing. Please use the newest message that you have from us, or call the number in it.',
    },
    answered: { title: 'This was answered', text: 'Thank you. There is nothing more for you to do here.' },
    superseded: {
      title: 'This is no longer needed',
      text: 'Something has changed since we wrote to you, so no answer is needed any more. If there is something new, you have a newer message.',
    },
    expired: {
      title: 'The time for this has passed',
      text: 'It can no longer be answered here. Please call us, we are glad to help.',
    },
    locked: {
      title: 'This page is closed for your safety',
      text: 'The date of birth was not right three times. We will call you; you can also call us.',
    },
    unprovable: {
      title: 'Please call us',
      text: 'We cannot show this here, since we have no date of birth from you. We are glad to go through it with you on the telephone.',
    },
  },
  tasks: {
    'plan-sign-off': {
      title: 'Your plan',
      text: 'We went through the plan with you. Do you sign it as it is, or should something change?',
      answers: { signed: 'I sign the plan', changes: 'Something should change' },
      note: 'What should change?',
    },
    'sign-consents': {
      title: 'Your consents',
      text: 'We explained each of these to you, and you have the papers. With your answer you sign that you agree to:',
      answers: { signed: 'I have read the papers and sign', refused: 'I do not sign' },
      note: 'Is there something that you want to tell us?',
    },
    'acknowledge-cost': {
      title: 'What your visits cost you',
      text: 'Please confirm that you know who pays for what. The amounts are on the sheet that we gave you.',
      answers: { acknowledged: 'I have read this and know it', refused: 'I do not agree' },
      note: 'Is there something that you want to tell us?',
    },
    'home-safe': {
      title: 'Are you home safe?',
      text: 'Please tell us how it is.',
      answers: { home: 'I am home and safe', 'need-help': 'I need help' },
      note: 'What is it?',
    },
    'next-day-check-in': {
      title: 'How are you today?',
      text: 'Please tell us how it is.',
      answers: { well: 'I am well', concern: 'Something worries me' },
      note: 'What worries you?',
    },
    'answer-measure': {
      title: 'How you have been',
      text: 'Please answer each line as well as you can.',
      answers: { answered: 'These are my answers', refused: 'I do not want to answer this' },
    },
    'answer-screening': {
      title: 'Some questions before your next step',
      ...SCREENING,
    },
    rescreen: {
      title: 'A few questions to bring up to date',
      ...SCREENING,
    },
    'continuing-care': {
      title: 'How you want to go on',
      text: 'Your planned visits come to their end. How do you want to go on?',
      answers: {
        'same-therapist': 'With the same therapist',
        'own-therapist': 'With a therapist of my own',
        none: 'I need nothing more for now',
      },
    },
    'partner-offer': {
      title: 'A new patient for your practice',
      text: 'Will you take on the care?',
      answers: { accepted: 'We accept', declined: 'We decline' },
    },
    'acknowledge-safety': {
      title: 'A patient needs a clinician now',
      text: 'With your answer you take it on, and nobody else is paged.',
      answers: { acknowledged: 'I take it on' },
    },
    'call-patient': {
      title: 'A patient is to be called',
      text: 'What came of it?',
      answers: { reached: 'I reached them', 'not-reached': 'I did not reach them' },
    },
    'follow-up-contact': {
      title: 'A patient is to be contacted for follow-up',
      text: 'What came of it?',
      answers: { reached: 'I reached them', 'not-reached': 'I did not reach them' },
    },
    'refer-to-prescriber': {
      title: 'A referral is to be sent',
      text: 'What came of it?',
      answers: { sent: 'It is sent', failed: 'It could not be sent' },
    },
    'inform-own-therapist': {
      title: 'A patient’s own therapist is to be informed',
      text: 'What came of it?',
      answers: { informed: 'They are informed', 'not-possible': 'It is not possible' },
    },
  },
  visit: {
    title: 'Your visit',
    text: 'It is booked for this time. Will you be there?',
    answers: {
      come: 'I will be there',
      call: 'None of these suits me: please call me',
      cancel: 'Cancel the visit; I want no other time for now',
    },
    otherTime: 'I would rather come:',
  },
  pickUp: {
    title: 'Pick-up',
    text: 'Will you come? Please ask at the desk when you are there.',
    answers: { come: 'I will come', cannot: 'I cannot come' },
    next: { cannot: 'We look for somebody else; you do not need to come.' },
  },
  consents: {
    sms: 'messages by SMS',
    email: 'messages by e-mail',
    treatment: 'the treatment',
    privacy: 'the privacy notice',
    ride: 'being taken home after each visit with medicine, and not driving that day',
    telehealth: 'visits by video',
    shareWithPartner: 'sharing what is needed with the practice of your therapist',
    shareWithOwnTherapist: 'sharing what is needed with your own therapist',
  },
  steps: {
    consult: 'First conversation',
    screening: 'Screening',
    clearance: 'Medical and psychological clearance',
    preparation: 'Preparation visits',
    medication: 'Medicine',
    dosing: 'Visits with medicine',
    integration: 'Integration visits',
    'provider-review': 'Visits with the prescriber',
    'follow-up': 'Follow-up visits',
  },
  billing: {
    'may-be-covered': 'your insurance may pay for it',
    'private-pay': 'you pay for it yourself',
    'billed-separately': 'you get a bill of its own for it',
    'not-billed': 'costs nothing',
  },
};
