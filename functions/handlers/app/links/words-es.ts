import type { Words } from './words.ts';

export const spanish: Words = {
  prove: {
    title: 'Esperamos su respuesta',
    text: 'Para que nadie más lo lea, indique primero su fecha de nacimiento.',
    bornOn: 'Su fecha de nacimiento',
    button: 'Continuar',
  },
  wrongDate: 'No es la fecha que tenemos de usted. Inténtelo otra vez, por favor.',
  choose: 'Su respuesta',
  send: 'Enviar mi respuesta',
  thanks: 'Gracias, hemos recibido su respuesta.',
  yourAnswer: 'Usted respondió:',
  more: 'Queda algo más para usted.',
  due: 'Responda, por favor, antes del',
  call: 'También puede llamarnos:',
  refused: 'No pudimos aceptar su respuesta. Revísela, por favor, o llámenos.',
  again:
    'Por su seguridad la página solo estuvo abierta media hora. Indique otra vez su fecha de nacimiento, por favor.',
  tooMany: { title: 'Espere un rato, por favor', text: 'Hubo demasiados intentos. Vuelva más tarde o llámenos.' },
  standing: {
    unknown: {
      title: 'Este enlace no funciona',
      text: 'Puede que sea antiguo o que le falte una parte. Use el mensaje más reciente que tenga de nosotros o llame al número que aparece en él.',
    },
    answered: { title: 'Esto ya tiene respuesta', text: 'Gracias. Aquí no le queda nada por hacer.' },
    superseded: {
      title: 'Esto ya no hace falta',
      text: 'Algo ha cambiado desde que le escribimos y ya no hace falta responder. Si hay algo nuevo, tiene un mensaje más reciente.',
    },
    expired: {
      title: 'El plazo ha pasado',
      text: 'Aquí ya no se puede responder. Llámenos, por favor; le ayudamos con gusto.',
    },
    locked: {
      title: 'Esta página está cerrada por su seguridad',
      text: 'La fecha de nacimiento no fue correcta tres veces. Le llamaremos; también puede llamarnos usted.',
    },
    unprovable: {
      title: 'Llámenos, por favor',
      text: 'No podemos mostrarlo aquí porque no tenemos su fecha de nacimiento. Con gusto lo vemos con usted por teléfono.',
    },
  },
  tasks: {
    'plan-sign-off': {
      title: 'Su plan',
      text: 'Repasamos el plan con usted. ¿Lo firma como está o debe cambiar algo?',
      answers: { signed: 'Firmo el plan', changes: 'Debe cambiar algo' },
      note: '¿Qué debe cambiar?',
    },
    'sign-consents': {
      title: 'Sus consentimientos',
      text: 'Le explicamos cada uno y usted tiene los documentos. Con su respuesta firma que está de acuerdo con:',
      answers: { signed: 'He leído los documentos y firmo', refused: 'No firmo' },
      note: '¿Hay algo que quiera decirnos?',
    },
    'acknowledge-cost': {
      title: 'Lo que le cuestan sus citas',
      text: 'Confirme, por favor, que sabe quién paga qué. Los importes están en la hoja que le dimos.',
      answers: { acknowledged: 'Lo he leído y lo sé', refused: 'No estoy de acuerdo' },
      note: '¿Hay algo que quiera decirnos?',
    },
    'home-safe': {
      title: '¿Llegó bien a casa?',
      text: 'Díganos, por favor, cómo está.',
      answers: { home: 'Estoy en casa y bien', 'need-help': 'Necesito ayuda' },
      note: '¿Qué sucede?',
    },
    'next-day-check-in': {
      title: '¿Cómo está hoy?',
      text: 'Díganos, por favor, cómo está.',
      answers: { well: 'Estoy bien', concern: 'Algo me preocupa' },
      note: '¿Qué le preocupa?',
    },
    'continuing-care': {
      title: 'Cómo quiere continuar',
      text: 'Sus citas previstas llegan a su fin. ¿Cómo quiere continuar?',
      answers: {
        'same-therapist': 'Con el mismo terapeuta',
        'own-therapist': 'Con un terapeuta propio',
        none: 'Por ahora no necesito nada más',
      },
    },
  },
  visit: {
    title: 'Su cita',
    text: 'Está reservada para esta hora. ¿Podrá venir?',
    answers: {
      come: 'Sí, iré',
      call: 'Nada de esto me conviene: llámenme, por favor',
      cancel: 'Cancelar la cita; por ahora no quiero otra hora',
    },
    otherTime: 'Prefiero ir:',
  },
  pickUp: {
    title: 'Recogida',
    text: '¿Vendrá? Cuando llegue, pregunte en la recepción, por favor.',
    answers: { come: 'Sí, iré', cannot: 'No puedo ir' },
    next: { cannot: 'Buscamos a otra persona; no tiene que venir.' },
  },
  consents: {
    sms: 'mensajes por SMS',
    email: 'mensajes por correo electrónico',
    treatment: 'el tratamiento',
    privacy: 'el aviso de privacidad',
    ride: 'que alguien le lleve a casa después de cada cita con medicamento, y no conducir ese día',
    telehealth: 'citas por video',
    shareWithPartner: 'compartir lo necesario con la consulta de su terapeuta',
    shareWithOwnTherapist: 'compartir lo necesario con su propio terapeuta',
  },
  steps: {
    consult: 'Primera conversación',
    screening: 'Evaluación',
    clearance: 'Autorización médica y psicológica',
    preparation: 'Citas de preparación',
    medication: 'Medicamento',
    dosing: 'Citas con medicamento',
    integration: 'Citas de integración',
    'provider-review': 'Citas con quien receta',
    'follow-up': 'Citas de seguimiento',
  },
  billing: {
    'may-be-covered': 'puede que lo pague su seguro',
    'private-pay': 'lo paga usted',
    'billed-separately': 'recibe una factura aparte',
    'not-billed': 'no cuesta nada',
  },
};
