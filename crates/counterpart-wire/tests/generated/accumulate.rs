//! Deltas of messages and run steps: a whole stream, and texts split and shuffled in any way.

use assistants_types::{
    Accumulator, Apply, AssistantStreamEvent, Message, MessageContent, MessageContentText,
    MessageContentTextDelta, MessageDelta, MessageDeltaFields, MessageText, MessageTextDelta, Role,
    RunStep, StepDetails, ToolCall,
};
use counterpart_wire::Event;
use counterpart_wire::event::Decoder;
use proptest::prelude::*;

/// The events of a run that calls each kind of tool and then answers.
fn stream() -> Vec<AssistantStreamEvent> {
    let mut decoder = Decoder::new();
    decoder.push(include_str!("run.sse"));
    let mut events = Vec::new();
    while let Some(event) = decoder.next_event().unwrap() {
        events.push(AssistantStreamEvent::read(&event).unwrap());
    }
    events
}

#[test]
fn a_step_grows_into_what_the_stream_ends_it_with() {
    let mut step = Accumulator::<RunStep>::default();
    let mut told = Vec::new();
    for event in stream() {
        match event {
            AssistantStreamEvent::ThreadRunStepCreated(created) => step = created.into(),
            AssistantStreamEvent::ThreadRunStepDelta(delta) => {
                told.extend(step.apply(&delta).leftovers().to_vec());
            }
            AssistantStreamEvent::ThreadRunStepCompleted(whole) => {
                assert_eq!(step.step_details, whole.step_details);
                let StepDetails::ToolCalls(details) = &step.step_details else {
                    panic!("{:?}", step.step_details);
                };
                let [ToolCall::CodeInterpreter(code), ToolCall::Function(call), _] =
                    &details.tool_calls[..]
                else {
                    panic!("{:?}", details.tool_calls);
                };
                assert_eq!(code.code_interpreter.input, "print(6 * 7)");
                assert_eq!(call.function.arguments, r#"{"city": "Rome"}"#);
                assert_eq!(call.function.output, None);
            }
            _ => {}
        }
    }
    assert_eq!(told, []);
}

#[test]
fn a_message_grows_into_what_the_stream_ends_it_with() {
    let mut by_index = Accumulator::<Message>::default();
    let mut by_position = None;
    let mut told = Vec::new();
    for event in stream() {
        match event {
            AssistantStreamEvent::ThreadMessageCreated(created) => by_position = Some(created),
            AssistantStreamEvent::ThreadMessageDelta(delta) => {
                by_position.as_mut().unwrap().apply(&delta);
                let applied = by_index.apply(&delta);
                told.extend(applied.leftovers().iter().map(ToString::to_string));
            }
            AssistantStreamEvent::ThreadMessageCompleted(whole) => {
                assert_eq!(by_position.as_ref().unwrap().content, whole.content);
                // This one never saw how the message began.
                assert_eq!(by_index.content, whole.content);
                assert_eq!(by_index.id, "msg_1");
                assert_eq!(by_index.role, Role::Unknown(String::new()));
            }
            _ => {}
        }
    }
    // Deltas of citations have words that citations have not.
    assert_eq!(
        told,
        [
            r#"delta.content[1].text.annotations[0].file_citation.quote: has no place in the whole: "42""#
        ]
    );
}

/// Parts of a message, each with an index and a text that is cut in pieces.
fn parts() -> impl Strategy<Value = Vec<(i64, Vec<String>)>> {
    let index = prop_oneof![0..6_i64, any::<u32>().prop_map(i64::from), Just(i64::MAX)];
    let pieces = prop::collection::vec("\\PC{0,3}", 1..6);
    prop::collection::btree_map(index, pieces, 1..6).prop_map(|parts| parts.into_iter().collect())
}

/// The same parts, and an order in which all pieces come: those of one part among themselves in order.
fn orders() -> impl Strategy<Value = (Vec<(i64, Vec<String>)>, Vec<usize>)> {
    parts().prop_flat_map(|parts| {
        let turns = parts.iter().enumerate();
        let turns = turns.flat_map(|(part, (_, pieces))| vec![part; pieces.len()]);
        let order = Just(turns.collect::<Vec<_>>()).prop_shuffle();
        (Just(parts), order)
    })
}

/// The deltas, in their order.
fn deltas(parts: &[(i64, Vec<String>)], order: &[usize]) -> Vec<MessageContentTextDelta> {
    let mut taken = vec![0; parts.len()];
    let each = order.iter().map(|part| {
        let (index, pieces) = &parts[*part];
        let piece = &pieces[taken[*part]];
        taken[*part] += 1;
        let text = MessageTextDelta::new().value(piece.as_str());
        MessageContentTextDelta::new(*index).text(text)
    });
    each.collect()
}

/// The deltas in events of so many each.
fn events(deltas: &[MessageContentTextDelta], size: usize) -> Vec<MessageDelta> {
    let chunks = deltas.chunks(size);
    let events = chunks.map(|chunk| {
        let parts: Vec<_> = chunk.iter().cloned().map(Into::into).collect();
        MessageDelta::new("msg_1", MessageDeltaFields::new().content(parts))
    });
    events.collect()
}

fn whole(parts: &[(i64, Vec<String>)]) -> Vec<MessageContent> {
    let texts = parts.iter().map(|(_, pieces)| pieces.concat());
    let texts = texts.map(|text| MessageContentText::new(MessageText::new(text, [])).into());
    texts.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_in_any_order_gives_the_same_message((parts, order) in orders(), size in 1..4_usize) {
        let mut message = Accumulator::<Message>::default();
        for event in events(&deltas(&parts, &order), size) {
            prop_assert!(message.apply(&event).is_whole());
        }
        prop_assert_eq!(&message.content, &whole(&parts));
    }

    #[test]
    fn by_position_too_if_no_index_is_left_out((mut parts, order) in orders(), size in 1..4_usize) {
        for (position, (index, _)) in parts.iter_mut().enumerate() {
            *index = i64::try_from(position).unwrap();
        }
        let mut message = Accumulator::<Message>::default().into_inner();
        for event in events(&deltas(&parts, &order), size) {
            prop_assert!(message.apply(&event).is_whole());
        }
        prop_assert_eq!(&message.content, &whole(&parts));
    }
}
