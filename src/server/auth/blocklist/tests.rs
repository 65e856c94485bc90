use super::*;
use crate::model::input::PasswordPolicy;

fn refused(password: &str) -> Option<Refusal> {
    let password = PasswordPolicy::normalize(password).unwrap();
    let owner = Owner::parse("Hong_GD71", "Hong.Gd-71@example.com", "홍길동");
    opinion(&password, &owner).refusal
}

/// With a capital, a digit and a mark, as people make them fit a policy.
fn disguises(word: &str) -> Vec<String> {
    let mut letters = word.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    vec![word.to_owned(), format!("{capital}1!"), format!("{capital}!1")]
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_most_common_passwords_are_refused_and_so_are_their_disguises() {
    let known = [
        "123456",
        "password",
        "12345678",
        "qwerty",
        "123456789",
        "12345",
        "1234",
        "111111",
        "1234567",
        "dragon",
        "123123",
        "baseball",
        "abc123",
        "football",
        "monkey",
        "letmein",
        "shadow",
        "master",
        "696969",
        "mustang",
        "666666",
        "qwertyuiop",
        "123321",
        "1234567890",
        "superman",
        "batman",
        "trustno1",
        "qazwsx",
        "starwars",
        "princess",
        "password1",
        "qwerty123",
        "iloveyou",
        "sunshine",
        "charlie",
        "donald",
        "passw0rd",
        "michael",
        "jordan",
        "jennifer",
        "hunter",
        "buster",
        "soccer",
        "harley",
        "andrew",
        "tigger",
        "robert",
        "daniel",
        "thomas",
        "summer",
        "ashley",
        "cheese",
        "secret",
        "freedom",
        "computer",
        "killer",
        "pokemon",
        "1q2w3e4r",
        "1qaz2wsx",
        "asdfghjkl",
        "zxcvbnm",
        "abcd1234",
        "qwer1234",
        "p@ssw0rd",
        "welcome",
        "google",
        "samsung",
        "pepper",
        "jessica",
        "matthew",
    ];
    assert!(known.len() >= 60);
    for word in known {
        for disguise in disguises(word) {
            assert!(refused(&disguise).is_some(), "{disguise}");
        }
    }
    for common in [
        "Password1!",
        "P@ssw0rd",
        "P@ssw0rd1!",
        "Pa$$w0rd",
        "Pa$$w0rd2024!",
        "Password@1234",
        "!!Password!!2026",
        "Password2026!@",
        "Password123!",
        "Qwer1234!",
        "Asdf1234!",
        "Qwerty123!",
        "Qwerty@2024",
        "Abcd1234!",
        "1q2w3e4r!Q",
        "1Q2w3e4r!",
        "!QAZ2wsx",
        "Welcome1!",
        "Iloveyou1!",
        "ILoveYou!2024",
        "Aa123456!",
        "Aa1!Aa1!",
        "Test1234!",
        "Admin123!",
        "Hello123!",
        "passwordpasswordpasswordpassword",
    ] {
        assert!(refused(common).is_some(), "{common}");
    }
}

#[test]
fn korean_words_are_refused_in_both_positions_of_the_switch() {
    for common in [
        // Hangul words on a keyboard that is switched to English.
        "Tkfkdgo1!",
        "tkfkdgo1234!",
        "Tkfkdgody1!",
        "TKFKDGO!@34",
        "Tk1fk2dgo!",
        "Tkfkdgotkfkdgo1!",
        "!Tkfkdgo2024",
        "Dkssud1234!",
        "Dkssudgktpdy1!",
        "Qlalfqjsgh1!",
        "Qlqjs1234!@",
        "Gksrnr123!",
        "Eogksalsrnr1!",
        "Eogksalsrnrakstp1!",
        "Wkrldi1004!",
        "Ehrehsmsdnflekd1!",
        "Gkrry123!@#",
        "Tjdnf2024!",
        "Qntks1234!",
        "Cjstk1004!",
        "Cjftn1234!",
        "Ghkdlxld1!",
        "Rhksflwk1!",
        "Rkskekfk1!",
        "Rkskekfkakqktk1!",
        "Rhdiddl1234!",
        // Hangul as such.
        "사랑해1234!",
        "사랑해사랑해!1",
        "!!사랑해요!!",
        "비밀번호1!",
        "비번1234!@#",
        "안녕하세요1!",
        "대한민국2024!",
        "가나다라마바사1!",
        "천사1004!!",
        "독도는우리땅!1",
        "엄마아빠1234",
        "패스워드!123",
        // Words and runs of Latin keys on a keyboard that is switched to Hangul.
        "ㅂㅈㄷㄱ1234!",
        "ㅁㄴㅇㄹ1234!",
        "ㅋㅌㅊㅍ1234!",
        "ㅂㅈㄷㄱㅅ!1",
        "ㅂㅈㄷㄱㅁㄴㅇㄹ1!",
        "ㅁㄴㅇㄹㅁㄴㅇㄹ",
        "ㅔㅁㄴㄴ재ㄱㅇ1!",
        "ㅑㅣㅐㅍ됴ㅐㅕ1!",
        "1ㅂ2ㅈ3ㄷ4ㄱ!",
        "ㅂㅈㄷㄱ쇼!1",
        "ㅣㄷ스댜ㅜ1!",
    ] {
        assert_eq!(refused(common), Some(Refusal::Common), "{common}");
    }
}

#[test]
fn the_own_id_address_and_name_are_refused_in_any_disguise() {
    for own in [
        "hong_gd71",
        "Hong_gd71!",
        "xK9#HONG_GD71#mQ2$vL",
        "HONG.GD-71@EXAMPLE.COM",
        "!Hong.Gd-71!zQ9",
        "홍길동",
        "홍길동Quartz-71!",
        "Quartz-홍길동-71!",
        // The name on a keyboard that is switched to English, and the id on one that is not.
        "Ghdrlfehd!zQ9x",
        "GHDRLFEHD-Quartz-71",
        "ㅗㅐㅜㅎ_ㅎㅇ71!zQ",
    ] {
        assert_eq!(refused(own), Some(Refusal::Personal), "{own}");
    }
}

#[test]
fn short_words_about_somebody_count_only_when_they_are_much_of_the_password() {
    let judged = |password: &str, owner: &Owner| opinion(&PasswordPolicy::normalize(password).unwrap(), owner).refusal;
    let owner = Owner::parse("testuser", "test@example.com", "Jo Park");
    assert_eq!(judged("TestPass123!", &owner), None);
    assert_eq!(judged("Jolly-Quartz-71!", &owner), None);
    assert_eq!(judged("Spark-Quartz-71!", &owner), None);
    assert_eq!(judged("Park#9zQ!", &owner), Some(Refusal::Personal));
    assert_eq!(judged("TestUser#9zQ!x", &owner), Some(Refusal::Personal));
    let tagged = Owner::parse("somebody", "gildong+krx@example.com", "이나");
    assert_eq!(judged("Gildong#9zQ!x7", &tagged), Some(Refusal::Personal));
    assert_eq!(judged("이나Quartz-71!", &tagged), Some(Refusal::Personal));
    assert_eq!(judged("Quartz-Zebra-71!", &Owner::default()), None, "nobody is known");
    assert_eq!(judged("Password1!", &Owner::default()), Some(Refusal::Common));
}

#[test]
fn others_are_accepted() {
    for fine in [
        "Quartz-Zebra-71!",
        "correct horse battery Staple 9",
        "나의 비밀은 깊은 Ab1! 바다",
        "xK9#mQ2$vL5n",
        "SecurePass123!",
        "Str0ng!Passw0rd",
        "Valid1Pass!",
        "Tr0ub4dor&3x",
        "MyP@ssw0rd2024",
        "Aa1!aaaa",
        "Aa1!aaaaaaaa",
        "Test1234!@ab",
        "Passw0rd!2024x",
        "TestPass123!",
        "TestPassword123!",
        "StrongPass123!",
        "SecureP@ss1",
        "ValidPass123!",
        "NewPass123!",
        "NewPassword1!",
        "NewSecurePass456!",
        "MySecret123!",
        "ChangeMe123!",
        "HelloWorld1!",
        "Another1!Pass",
        "Korea2024!",
        "Winter2024!",
        "Wr0ng!Passw0rd",
        "N3w!Passw0rd",
        "Old!Passw0rd1",
        "CorrectHorse1!",
        "한글비밀번호Aa1!",
        "비밀Quartz-71!",
        "우리집 고양이는 Nabi 9살!",
        "봄바람Quartz71!",
        "ㅋㅋㅋAbc-71-zebra",
    ] {
        assert_eq!(refused(fine), None, "{fine}");
    }
}

#[test]
fn what_is_strong_in_a_part_is_strong() {
    assert_eq!(refused(&format!("{}xK9#mQ2$vL5n", "a".repeat(40))), None);
    assert!(refused(&"Ab1!".repeat(32)).is_some());
    assert!(refused(&"비밀번호".repeat(32)).is_some());
}

#[test]
fn scores_go_up_with_the_guesses() {
    let score = |password: &str| opinion(&PasswordPolicy::normalize(password).unwrap(), &Owner::default()).score;
    assert_eq!(score("1234"), 0);
    assert_eq!(score("Password1!"), 1);
    assert_eq!(
        score("Password@2026#!"),
        1,
        "refused, though the estimate alone would say more"
    );
    assert_eq!(score("Winter2024!"), 2);
    assert_eq!(score("Str0ng!Passw0rd"), 3);
    assert_eq!(score("Quartz-Zebra-71!"), 4);
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(typed in "\\PC{0,40}", user_id in "[a-z_]{4,20}", name in "\\PC{0,12}") {
        if let Some(password) = PasswordPolicy::normalize(&typed) {
            let _ = opinion(&password, &Owner::parse(&user_id, "a@b.kr", &name));
        }
    }
}
