//! The policy's figures, one table for each rule.

use super::*;

fn circumstances() -> Circumstances {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    Circumstances {
        attempts: 1,
        repeatable: true,
        harmful: false,
        left: None,
        random: 0.0,
        now,
    }
}

fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Verdict {
    let headers = headers.iter().map(|(name, value)| {
        (
            http::HeaderName::from_static(name),
            http::HeaderValue::from_str(value).unwrap(),
        )
    });
    let failed = Failed::Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: &headers.collect(),
        body: body.as_bytes(),
    };
    RetryPolicy::default().judge(&failed, &circumstances())
}

fn retried(millis: u64) -> Verdict {
    Verdict::Retried(Duration::from_millis(millis))
}

#[test]
fn temporary_statuses_are_retried_and_no_others() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529, 599] {
        assert_eq!(answer(status, &[], ""), retried(500), "{status}");
    }
    for status in [301, 304, 400, 401, 403, 404, 410, 422, 428, 499] {
        assert_eq!(answer(status, &[], ""), Verdict::Permanent, "{status}");
    }
}

#[test]
fn the_service_has_the_last_word() {
    assert_eq!(answer(400, &[("x-should-retry", "true")], ""), retried(500));
    assert_eq!(
        answer(500, &[("x-should-retry", "false")], ""),
        Verdict::Forbidden
    );
    assert_eq!(
        answer(500, &[("x-should-retry", "perhaps")], ""),
        retried(500)
    );
}

#[test]
fn the_wait_is_the_service_s_if_it_says_one() {
    let wait = |name, value| answer(429, &[(name, value)], "");

    assert_eq!(
        wait("retry-after-ms", "1500.5"),
        Verdict::Retried(Duration::from_micros(1_500_500))
    );
    assert_eq!(wait("retry-after", "2"), retried(2000));
    assert_eq!(wait("retry-after", "0.25"), retried(250));
    // A second after 9 September 2001, 01:46:40, which is when these tests take place.
    assert_eq!(
        wait("retry-after", "Sun, 09 Sep 2001 01:46:41 GMT"),
        retried(1000)
    );
    assert_eq!(wait("retry-after", "120"), retried(120_000));

    let both = [("retry-after-ms", "10"), ("retry-after", "20")];
    assert_eq!(answer(429, &both, ""), retried(10));
}

#[test]
fn a_wait_that_makes_no_sense_is_ours() {
    for value in [
        "0",
        "-3",
        "soon",
        "",
        "NaN",
        "inf",
        "Sun, 09 Sep 2001 01:46:00 GMT",
    ] {
        assert_eq!(
            answer(429, &[("retry-after", value)], ""),
            retried(500),
            "{value}"
        );
    }
}

#[test]
fn a_wait_that_is_too_long_ends_the_call() {
    let verdict = answer(429, &[("retry-after", "121")], "");

    assert_eq!(verdict, Verdict::WaitTooLong(Duration::from_secs(121)));
    let verdict = answer(429, &[("retry-after", "1e30")], "");
    assert_eq!(verdict, Verdict::WaitTooLong(Duration::MAX));
}

#[test]
fn a_429_that_waiting_cannot_cure_is_not_retried() {
    let quota = r#"{"error": {"message": "…", "type": "insufficient_quota", "code": null}}"#;
    assert_eq!(answer(429, &[], quota), Verdict::Permanent);
    assert_eq!(
        answer(429, &[("x-should-retry", "true")], quota),
        Verdict::Permanent
    );

    let code = r#"{"error": {"code": "insufficient_quota"}}"#;
    assert_eq!(answer(429, &[], code), Verdict::Permanent);

    let limit = r#"{"error": {"message": "insufficient_quota", "code": "rate_limit_exceeded"}}"#;
    assert_eq!(answer(429, &[], limit), retried(500));
}

#[test]
fn waits_double_up_to_eight_seconds_and_chance_takes_a_quarter_off() {
    let policy = RetryPolicy::default();
    let waits: Vec<_> = (1..=7)
        .map(|n| policy.backoff(n, 0.0).as_millis())
        .collect();

    assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert_eq!(policy.backoff(1, 1.0), Duration::from_millis(375));
    assert_eq!(policy.backoff(u32::MAX, 0.0), Duration::from_secs(8));
}

#[test]
fn chance_is_between_nought_and_one() {
    let mut seen = Vec::new();
    for _ in 0..100 {
        let random = random();
        assert!((0.0..1.0).contains(&random));
        seen.push(random.to_bits());
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 90, "{} of 100 differ", seen.len());
}

#[test]
fn what_may_have_arrived_is_sent_again_only_if_that_does_no_harm() {
    let policy = RetryPolicy::default();
    let judge = |sent, repeatable| {
        let failed = Failed::Fault {
            kind: TransportKind::Timeout,
            sent,
        };
        policy.judge(
            &failed,
            &Circumstances {
                repeatable,
                ..circumstances()
            },
        )
    };

    assert_eq!(judge(true, true), retried(500));
    assert_eq!(judge(true, false), Verdict::MaybeDone);
    assert_eq!(judge(false, false), retried(500));
}

#[test]
fn what_does_harm_twice_is_sent_again_only_after_a_refusal() {
    let judge = |status, headers: &HeaderMap| {
        let failed = Failed::Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: b"",
        };
        let circumstances = Circumstances {
            repeatable: false,
            harmful: true,
            ..circumstances()
        };
        RetryPolicy::default().judge(&failed, &circumstances)
    };

    for status in [409, 429, 503] {
        assert_eq!(judge(status, &HeaderMap::new()), retried(500), "{status}");
    }
    for status in [408, 500, 502, 504, 529] {
        let verdict = judge(status, &HeaderMap::new());
        assert_eq!(verdict, Verdict::MaybeDone, "{status}");
    }
    assert_eq!(judge(400, &HeaderMap::new()), Verdict::Permanent);
    let told = http::HeaderValue::from_static("true");
    let told = HeaderMap::from_iter([(http::HeaderName::from_static("x-should-retry"), told)]);
    assert_eq!(judge(500, &told), retried(500));
}

#[test]
fn attempts_are_counted() {
    let policy = RetryPolicy {
        retries: 2,
        ..RetryPolicy::default()
    };
    let failed = Failed::Fault {
        kind: TransportKind::Connect,
        sent: false,
    };
    let judge = |attempts| {
        policy.judge(
            &failed,
            &Circumstances {
                attempts,
                ..circumstances()
            },
        )
    };

    assert_eq!(
        [judge(1), judge(2), judge(3)],
        [retried(500), retried(1000), Verdict::NoneLeft]
    );
}

#[test]
fn no_wait_goes_past_the_deadline() {
    let policy = RetryPolicy::default();
    let failed = Failed::Fault {
        kind: TransportKind::Connect,
        sent: false,
    };
    let judge = |millis| {
        let left = Some(Duration::from_millis(millis));
        policy.judge(
            &failed,
            &Circumstances {
                left,
                ..circumstances()
            },
        )
    };

    assert_eq!(judge(501), retried(500));
    assert_eq!(judge(500), Verdict::DeadlineNear);
}
